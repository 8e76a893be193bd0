using System.Collections;
using System.Globalization;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>
/// Ids of the documents of an imported model: a prefix and the number of the document, made when they are read. Numbers of fixed width keep
/// the order of the documents.
/// </summary>
/// <param name="prefix">Start of each id.</param>
/// <param name="count">Number of documents.</param>
internal sealed class NumberedIds(string prefix, int count) : IReadOnlyList<string>
{
    public int Count => count;

    public string this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)count, nameof(index));
            return string.Create(CultureInfo.InvariantCulture, $"{prefix}-{index:D9}");
        }
    }

    public IEnumerator<string> GetEnumerator()
    {
        for (int index = 0; index < count; index++)
        {
            yield return this[index];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
