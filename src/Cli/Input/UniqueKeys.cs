using System.Globalization;
using System.Runtime.CompilerServices;

namespace TopicGrpc.Cli.Input;

/// <summary>
/// Numbers repeated ids: the second <c>a</c> gets the key <c>a#2</c>. A corpus contains an id once, but real collections repeat ids
/// (20 Newsgroups: 3,429 posts whose file names are unique only within a group). Keeps the ids in memory, never the texts.
/// </summary>
internal static class UniqueKeys
{
    public static async IAsyncEnumerable<InputDocument> Of(
        IAsyncEnumerable<InputDocument> documents,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        await foreach (InputDocument document in documents.WithCancellation(cancellationToken))
        {
            yield return taken.Add(document.Id) ? document : document with { Key = Free(taken, document.Id) };
        }
    }

    private static string Free(HashSet<string> taken, string id)
    {
        for (int number = 2; ; number++)
        {
            string key = string.Create(CultureInfo.InvariantCulture, $"{id}#{number}");
            if (taken.Add(key))
            {
                return key;
            }
        }
    }
}
