import { Component, provideZonelessChangeDetection } from "@angular/core";
import { bootstrapApplication } from "@angular/platform-browser";
import { init, render, review, type ReviewArguments } from "mi-wasm";
import { call, show } from "../call.js";

@Component({ selector: "app-root", template: "<pre>{{ words }}</pre>" })
class App {
  protected readonly words = render(call as ReviewArguments);

  constructor() {
    show(review(call as ReviewArguments));
  }
}

await init("mi_wasm.wasm");
await bootstrapApplication(App, { providers: [provideZonelessChangeDetection()] });
