#!/usr/bin/env node
// The command stands here, and not in the build, so that it can be linked before anything is built.
import '../dist/main.js';
