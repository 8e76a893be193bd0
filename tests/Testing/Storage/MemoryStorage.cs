using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Testing.Storage;

/// <summary>
/// A file system in memory that distinguishes what was flushed from what was not, and that fails on request: the n-th call reports an
/// error, has half an effect, or ends the process. Thread-safe.
/// </summary>
public sealed class MemoryStorage : IFileStorage
{
    private readonly Lock _gate = new();
    private readonly MemoryFolderNode _root = new();
    private readonly List<(MemoryFolderNode From, string OldName, MemoryFolderNode To, string NewName)> _renames = [];
    private int _callsUntilFault = int.MaxValue;
    private FaultKind _kind;
    private bool _isDown;
    private int _generation;

    /// <summary>Whether the planned fault has happened.</summary>
    public bool IsFaulted { get; private set; }

    /// <summary>Plans a fault.</summary>
    /// <param name="call">Number of the call from now that fails, from 1.</param>
    /// <param name="kind">How it fails.</param>
    public void FailAt(int call, FaultKind kind)
    {
        lock (_gate)
        {
            (_callsUntilFault, _kind, IsFaulted) = (call, kind, false);
        }
    }

    /// <summary>Drops a fault that has not happened.</summary>
    public void Disarm()
    {
        lock (_gate)
        {
            _callsUntilFault = int.MaxValue;
        }
    }

    /// <summary>Ends the process, if it has not ended, and starts the next one. A fault that has not happened is dropped.</summary>
    public void Restart(CrashKind kind, int seed)
    {
        lock (_gate)
        {
            Random random = new(seed);
            foreach ((MemoryFolderNode from, string oldName, MemoryFolderNode to, string newName) in _renames)
            {
                // Renames are atomic: both names change or none.
                if (kind == CrashKind.Keep || (kind == CrashKind.Tear && random.Next(2) == 0))
                {
                    Commit(from, oldName, to, newName);
                }
                else
                {
                    Set(from.Current, oldName, from.Durable.GetValueOrDefault(oldName));
                    Set(to.Current, newName, to.Durable.GetValueOrDefault(newName));
                }
            }

            _renames.Clear();
            _root.Crash(kind, random);
            _isDown = false;
            _callsUntilFault = int.MaxValue;
            _generation++;
        }
    }

    /// <inheritdoc/>
    public bool FileExists(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        lock (_gate)
        {
            return Find(path) is MemoryFileNode;
        }
    }

    /// <inheritdoc/>
    public bool FolderExists(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        lock (_gate)
        {
            return Find(path) is MemoryFolderNode;
        }
    }

    /// <inheritdoc/>
    public IStoredFile Open(string path, FileMode mode, FileAccess access)
    {
        MemoryFileNode? opened = null;
        Call(() =>
        {
            MemoryFolderNode folder = Folder(Parent(path));
            string name = Path.GetFileName(path);
            opened = folder.Current.GetValueOrDefault(name) as MemoryFileNode;
            if (opened is not null && mode == FileMode.CreateNew)
            {
                throw new IOException($"'{path}' exists.");
            }

            if (opened is null && mode == FileMode.Open)
            {
                throw new FileNotFoundException("The file is missing.", path);
            }

            opened ??= new MemoryFileNode();
            folder.Current[name] = opened;
            if (mode == FileMode.Create)
            {
                opened.SetLength(0);
            }
        });
        return new MemoryFile(this, opened!, _generation);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> ListFiles(string path) => List<MemoryFileNode>(path);

    /// <inheritdoc/>
    public IReadOnlyList<string> ListFolders(string path) => List<MemoryFolderNode>(path);

    /// <inheritdoc/>
    public void CreateFolder(string path)
    {
        if (FolderExists(path))
        {
            return;
        }

        CreateFolder(Parent(path));
        Call(() => Folder(Parent(path)).Current[Path.GetFileName(path)] = new MemoryFolderNode());
        FlushFolder(Parent(path));
    }

    /// <inheritdoc/>
    public void FlushFolder(string path) => Call(() =>
    {
        MemoryFolderNode folder = Folder(path);
        foreach ((MemoryFolderNode from, string oldName, MemoryFolderNode to, string newName) in _renames)
        {
            if (from == folder || to == folder)
            {
                Commit(from, oldName, to, newName);
            }
        }

        _renames.RemoveAll(rename => rename.From == folder || rename.To == folder);
        folder.Flush();
    });

    /// <inheritdoc/>
    public void MoveFolder(string source, string destination)
    {
        CreateFolder(Parent(destination));
        Call(() =>
        {
            if (Find(destination) is not null)
            {
                throw new IOException($"'{destination}' exists.");
            }

            Rename(source, destination);
        });
        FlushFolder(Parent(destination));
        FlushFolder(Parent(source));
    }

    /// <inheritdoc/>
    public void ReplaceFile(string source, string destination)
    {
        Call(() => Rename(source, destination));
        FlushFolder(Parent(destination));
    }

    /// <inheritdoc/>
    public void DeleteFile(string path) => Call(() => Folder(Parent(path)).Current.Remove(Path.GetFileName(path)));

    /// <inheritdoc/>
    public void DeleteFolder(string path)
    {
        // Content first, one call each, as the system does it.
        foreach (string file in ListFiles(path))
        {
            DeleteFile(file);
        }

        foreach (string folder in ListFolders(path))
        {
            DeleteFolder(folder);
        }

        Call(() => Folder(Parent(path)).Current.Remove(Path.GetFileName(path)));
    }

    /// <inheritdoc/>
    public IScratchFile CreateScratch(string folder, long length)
    {
        Call(() => Folder(folder));
        return new MemoryScratch(this, _generation, length);
    }

    /// <summary>Runs a call of a file that was opened before the last restart or after it.</summary>
    internal void Call(int generation, Action work, Action? partial = null, Action? failed = null) => Call(
        () =>
        {
            if (generation != _generation)
            {
                throw new IOException("The process that opened the file has ended.");
            }

            work();
        },
        partial,
        failed);

    private static void Commit(MemoryFolderNode from, string oldName, MemoryFolderNode to, string newName)
    {
        MemoryNode? moved = from.Durable.GetValueOrDefault(oldName) ?? to.Current.GetValueOrDefault(newName);
        from.Durable.Remove(oldName);
        Set(to.Durable, newName, moved);
    }

    private static void Set(Dictionary<string, MemoryNode> names, string name, MemoryNode? node)
    {
        if (node is null)
        {
            names.Remove(name);
        }
        else
        {
            names[name] = node;
        }
    }

    private static string Parent(string path) => Path.GetDirectoryName(path) ?? throw new IOException($"'{path}' has no folder above it.");

    private void Call(Action work, Action? partial = null, Action? failed = null)
    {
        lock (_gate)
        {
            if (_isDown)
            {
                throw new IOException("The process has ended.");
            }

            if (--_callsUntilFault != 0)
            {
                work();
                return;
            }

            IsFaulted = true;
            _isDown = _kind == FaultKind.Crash;
            if (_kind == FaultKind.Error)
            {
                failed?.Invoke();
            }
            else if (_kind == FaultKind.Partial || failed is null)
            {
                (partial ?? work)();
            }

            throw new IOException($"Injected fault ({_kind}).");
        }
    }

    private void Rename(string source, string destination)
    {
        MemoryFolderNode from = Folder(Parent(source));
        MemoryFolderNode to = Folder(Parent(destination));
        string oldName = Path.GetFileName(source);
        string newName = Path.GetFileName(destination);
        if (!from.Current.Remove(oldName, out MemoryNode? node))
        {
            throw new DirectoryNotFoundException($"'{source}' is missing.");
        }

        to.Current[newName] = node;
        _renames.Add((from, oldName, to, newName));
    }

    private string[] List<T>(string path)
        where T : MemoryNode
    {
        string[] paths = [];
        Call(() => paths =
        [
            .. Folder(path).Current.Where(static pair => pair.Value is T)
                .Select(pair => Path.Combine(path, pair.Key))
                .Order(StringComparer.Ordinal),
        ]);
        return paths;
    }

    private MemoryFolderNode Folder(string path) =>
        Find(path) as MemoryFolderNode ?? throw new DirectoryNotFoundException($"'{path}' is missing.");

    private MemoryNode? Find(string path)
    {
        MemoryNode? node = _root;
        foreach (string name in path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            node = (node as MemoryFolderNode)?.Current.GetValueOrDefault(name);
        }

        return node;
    }
}
