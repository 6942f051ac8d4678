"""AWS's SDK, loaded by a zygote ahead of the functions that use it: 140 ms of a processor each.

A function has it as if it had been loaded where the function imports it: until then it is in no
list of modules, and it is dropped where what the function brings would have been loaded in place
of it or of anything that it imports. Nothing of a function, and no variable, is read in loading it.
"""

import os
import sys
from importlib.machinery import ModuleSpec

NAME = "boto3"


class Asked:
    """Sees which modules are looked for, whether they are there or not."""

    def __init__(self):
        self.names = set()

    def find_spec(self, name, path=None, target=None):
        self.names.add(name.partition(".")[0])


class Kept:
    """Loads a module by giving the one that is there."""

    def __init__(self, ahead, spec):
        self.ahead = ahead
        self.spec = spec

    def create_module(self, _):
        self.ahead.give()
        return sys.modules[self.spec.name]

    def exec_module(self, module):
        module.__spec__ = self.spec

    def __getattr__(self, name):
        return getattr(self.spec.loader, name)


class Ahead:
    """The SDK as it was loaded, and how a function comes to have it."""

    def __init__(self, directory):
        self.directory = directory
        asked = Asked()
        finders, before, path = list(sys.meta_path), set(sys.modules), list(sys.path)
        sys.meta_path.insert(0, asked)
        sys.path.append(directory)
        try:
            __import__(NAME)
        except Exception:
            # Who imports it finds out why.
            pass
        self.names = asked.names
        self.finders = [each for each in sys.meta_path if each not in (*finders, asked)]
        sys.meta_path[:] = finders
        sys.path[:] = path
        self.standard = frozenset(path)
        loaded = {name: sys.modules[name] for name in sys.modules.keys() - before}
        own = {name for name, module in loaded.items() if self.is_within(module)}
        self.modules = {
            name: module for name, module in loaded.items() if name.partition(".")[0] in own
        }
        for name in self.modules:
            del sys.modules[name]
        self.others = [name for name in loaded if name not in self.modules]

    def is_within(self, module):
        spec = getattr(module, "__spec__", None)
        return (getattr(spec, "origin", None) or "").startswith(self.directory + "/")

    def is_first(self):
        """Whether all that was loaded is what would be loaded now."""
        for entry in sys.path:
            if entry == self.directory:
                return True
            if entry in self.standard:
                continue
            try:
                files = os.listdir(entry or ".")
            except FileNotFoundError:
                continue
            except OSError:
                # An archive, or what cannot be looked into.
                return False
            if any(file.partition(".")[0] in self.names for file in files):
                return False
        return False

    def offer(self):
        """Has the function find it, once it is known where modules are looked for."""
        if self.modules and self.is_first():
            sys.meta_path.insert(0, self)
            return
        # Extensions in C are initialised once.
        for name in self.others:
            spec = getattr(sys.modules[name], "__spec__", None)
            if (getattr(spec, "origin", None) or "").endswith(".py"):
                del sys.modules[name]

    def find_spec(self, name, path=None, target=None):
        module = self.modules.get(name)
        if module is None or path is not None:
            return None
        if not self.is_first():
            sys.meta_path.remove(self)
            return None
        known = module.__spec__
        spec = ModuleSpec(name, Kept(self, known), origin=known.origin)
        spec.submodule_search_locations = known.submodule_search_locations
        spec.cached, spec.has_location = known.cached, known.has_location
        return spec

    def give(self):
        if self in sys.meta_path:
            sys.meta_path.remove(self)
            sys.meta_path.extend(self.finders)
            for name, module in self.modules.items():
                sys.modules.setdefault(name, module)
