using TopicGrpc.Server.Models;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// Ids of documents in a merged version: <c>{corpus}/{id}</c>, because two corpora may give one id to different documents. Documents of an
/// imported version belong to no corpus; their ids stay as they are and hold no slash.
/// </summary>
internal static class QualifiedIds
{
    /// <summary>Returns the prefix of the ids of a version's documents in a merge; empty for an imported or merged version.</summary>
    public static string Prefix(string corpus) => corpus.Length == 0 ? string.Empty : corpus + "/";

    /// <summary>Finds the corpora of the documents of a merged version.</summary>
    /// <returns>Ids of corpora; null when a document belongs to none.</returns>
    public static IReadOnlyCollection<string>? Corpora(VersionHandle version)
    {
        HashSet<string> corpora = new(StringComparer.Ordinal);
        foreach (string id in version.Content.DocumentIds)
        {
            int slash = id.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0)
            {
                return null;
            }

            corpora.Add(id[..slash]);
        }

        return corpora;
    }
}
