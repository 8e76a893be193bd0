using TopicGrpc.Server.Models;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// Ids of documents in a version merged of several: <c>{corpus}/{id}</c>, because two corpora may give one id to different
/// documents. Documents of an imported version belong to no corpus here; their ids stay and hold no slash.
/// </summary>
internal static class QualifiedIds
{
    /// <summary>What is put before the ids of a version's documents when it is merged; nothing for one that was imported or merged itself.</summary>
    public static string Prefix(string corpus) => corpus.Length == 0 ? string.Empty : corpus + "/";

    /// <summary>The corpora that the documents of a merged version are in.</summary>
    /// <returns>Null where a document belongs to none.</returns>
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
