using System.Collections;

namespace TopicGrpc.Engine.Archive;

/// <summary>Strings of a file that are made when the first of them is asked for: predictions need neither terms nor document ids.</summary>
/// <param name="count">How many.</param>
/// <param name="read">Makes them.</param>
internal sealed class LazyStrings(int count, Func<string[]> read) : IReadOnlyList<string>
{
    private readonly Lazy<string[]> _values = new(read, LazyThreadSafetyMode.ExecutionAndPublication);

    public int Count => count;

    public string this[int index] => Read()[index];

    /// <summary>Makes them now.</summary>
    public string[] Read() => _values.Value;

    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)Read()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
