# One worker that may reach this machine; the address of the service is put in its place below.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .answer),
    (name = "internet", network = (allow = ["local"])),
  ],
);

const answer :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "out/workerd.mjs")],
  bindings = [(name = "URL", text = "SERVICE")],
  compatibilityDate = "2026-11-01",
);
