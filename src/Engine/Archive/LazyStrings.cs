using System.Collections;

namespace TopicGrpc.Engine.Archive;

/// <summary>Strings of a file, decoded at the first access, because predictions need neither terms nor document ids.</summary>
/// <param name="count">Number of strings.</param>
/// <param name="read">Decodes the strings.</param>
internal sealed class LazyStrings(int count, Func<string[]> read) : IReadOnlyList<string>
{
    private readonly Lazy<string[]> _values = new(read, LazyThreadSafetyMode.ExecutionAndPublication);

    public int Count => count;

    public string this[int index] => Read()[index];

    /// <summary>Returns the strings; decodes them if this is the first access.</summary>
    public string[] Read() => _values.Value;

    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)Read()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
