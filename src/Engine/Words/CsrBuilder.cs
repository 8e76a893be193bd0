using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Words;

/// <summary>Row-by-row builder of a <see cref="CsrMatrix{T}"/>.</summary>
internal sealed class CsrBuilder<T>(int columns, int expectedRows)
    where T : struct
{
    private readonly List<int> _starts = new(expectedRows + 1) { 0 };
    private readonly List<int> _columns = [];
    private readonly List<T> _values = [];

    public void AddRow(ReadOnlySpan<int> rowColumns, ReadOnlySpan<T> rowValues)
    {
        _columns.AddRange(rowColumns);
        _values.AddRange(rowValues);
        _starts.Add(_columns.Count);
    }

    public CsrMatrix<T> Build() => new(columns, [.. _starts], [.. _columns], [.. _values]);
}
