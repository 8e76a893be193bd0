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
        Dictionary<string, int> last = new(StringComparer.Ordinal);
        await foreach (InputDocument document in documents.WithCancellation(cancellationToken))
        {
            yield return taken.Add(document.Id) ? document : document with { Key = Free(taken, last, document.Id) };
        }
    }

    // Each id remembers its last number: without it a collection with one id for all documents takes quadratic time.
    private static string Free(HashSet<string> taken, Dictionary<string, int> last, string id)
    {
        for (int number = last.GetValueOrDefault(id, 1) + 1; ; number++)
        {
            string key = string.Create(CultureInfo.InvariantCulture, $"{id}#{number}");
            if (taken.Add(key))
            {
                last[id] = number;
                return key;
            }
        }
    }
}
