using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Dependencies;
using ArchUnitNET.Loader;

namespace TopicGrpc.Architecture.Tests;

/// <summary>
/// Type references between the folders of one assembly, read from its metadata and IL. A folder is a namespace below the root namespace;
/// the root itself is <c>.</c>. <c>using</c> lines are not enough: a child namespace sees the types of its parents without one.
/// </summary>
internal sealed class FolderGraph
{
    /// <summary>Name of the folder that holds the files at the top of a project.</summary>
    public const string Root = ".";

    private readonly SortedDictionary<string, SortedDictionary<string, string>> _references = new(StringComparer.Ordinal);

    private FolderGraph()
    {
    }

    /// <summary>All folders, in ordinal order.</summary>
    public IReadOnlyCollection<string> Folders => _references.Keys;

    /// <summary>Reads an assembly.</summary>
    /// <param name="assemblyName">Simple name, such as <c>TopicGrpc.Server</c>; the file lies beside the tests.</param>
    /// <param name="rootNamespace">Namespace of the project's top folder.</param>
    public static FolderGraph Load(string assemblyName, string rootNamespace)
    {
        FolderGraph graph = new();
        string file = Path.Combine(AppContext.BaseDirectory, assemblyName + ".dll");
        ArchUnitNET.Domain.Architecture architecture = new ArchLoader().LoadAssemblies(System.Reflection.Assembly.LoadFrom(file)).Build();
        foreach (IType type in architecture.Types.Where(static type => type is not GenericParameter))
        {
            if (FolderOf(type, rootNamespace) is not { } folder)
            {
                continue;
            }

            SortedDictionary<string, string> targets = graph.Add(folder);
            // A generic parameter is no type of a folder; the library gives it the namespace of an unrelated declaration.
            foreach (ITypeDependency dependency in type.Dependencies.Where(static dependency => dependency.Target is not GenericParameter))
            {
                if (FolderOf(dependency.Target, rootNamespace) is { } target && target != folder)
                {
                    graph.Add(target);
                    targets.TryAdd(target, $"{type.Name} -> {dependency.Target.Name}");
                }
            }
        }

        return graph;
    }

    /// <summary>Folders that a folder references, each with one example of a reference.</summary>
    public IReadOnlyDictionary<string, string> ReferencesOf(string folder) => _references[folder];

    /// <summary>References that take part in a cycle, one line each with an example; empty without cycles.</summary>
    public IReadOnlyList<string> DescribeCycles()
    {
        var reachable = Folders.ToDictionary(static folder => folder, Reachable, StringComparer.Ordinal);
        return
        [
            .. from folder in Folders
               from reference in _references[folder]
               where reachable[reference.Key].Contains(folder)
               select $"cycle: {folder} references {reference.Key} ({reference.Value})",
        ];
    }

    private static string? FolderOf(IType type, string rootNamespace)
    {
        string name = type.Namespace?.FullName ?? string.Empty;
        return name == rootNamespace ? Root
            : name.StartsWith(rootNamespace + ".", StringComparison.Ordinal) ? name[(rootNamespace.Length + 1)..].Replace('.', '/')
            : null;
    }

    private SortedDictionary<string, string> Add(string folder)
    {
        if (!_references.TryGetValue(folder, out SortedDictionary<string, string>? targets))
        {
            _references[folder] = targets = new SortedDictionary<string, string>(StringComparer.Ordinal);
        }

        return targets;
    }

    private HashSet<string> Reachable(string start)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        Stack<string> open = new([start]);
        while (open.TryPop(out string? folder))
        {
            foreach (string target in _references[folder].Keys.Where(seen.Add))
            {
                open.Push(target);
            }
        }

        return seen;
    }
}
