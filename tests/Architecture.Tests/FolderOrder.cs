namespace TopicGrpc.Architecture.Tests;

/// <summary>The order of a project's folders: a folder may reference the folders above it in the list, and no others.</summary>
/// <param name="Assembly">Simple name of the project's assembly.</param>
/// <param name="RootNamespace">Namespace of the project's top folder.</param>
/// <param name="Folders">
/// Every folder with types, subfolders as <c>Topics/Quality</c>, the top folder as <see cref="FolderGraph.Root"/>.
/// </param>
internal sealed record FolderOrder(string Assembly, string RootNamespace, IReadOnlyList<string> Folders)
{
    /// <summary>Compares the order with a graph.</summary>
    /// <returns>One sentence per difference.</returns>
    public IReadOnlyList<string> Violations(FolderGraph graph)
    {
        List<string> violations = [];
        violations.AddRange(graph.Folders.Except(Folders).Select(folder => $"{folder} is missing in the order"));
        violations.AddRange(
            Folders.Except(graph.Folders).Select(folder => $"{folder} is in the order, but the assembly has no such folder"));
        var positions = Folders.Select(static (folder, position) => (folder, position)).ToDictionary(StringComparer.Ordinal);
        foreach (string folder in graph.Folders.Where(positions.ContainsKey))
        {
            foreach ((string target, string example) in graph.ReferencesOf(folder))
            {
                if (positions.TryGetValue(target, out int position) && position > positions[folder])
                {
                    violations.Add($"{folder} must not reference {target} ({example})");
                }
            }
        }

        return violations;
    }
}
