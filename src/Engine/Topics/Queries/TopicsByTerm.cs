using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>The topics' weights by term, so that the cosine of a short text with all topics costs only its own terms. Topic −1 is left out.</summary>
internal sealed class TopicsByTerm
{
    private readonly int[] _starts;
    private readonly int[] _topics;
    private readonly double[] _weights;
    private readonly double[] _norms;

    public TopicsByTerm(CsrMatrix<double> weights, int outlierOffset)
    {
        TopicCount = weights.Rows - outlierOffset;
        _starts = new int[weights.Columns + 1];
        _norms = new double[TopicCount];
        int first = weights.RowStarts[outlierOffset];
        foreach (int column in weights.ColumnIndices.AsSpan(first))
        {
            _starts[column + 1]++;
        }

        for (int column = 0; column < weights.Columns; column++)
        {
            _starts[column + 1] += _starts[column];
        }

        _topics = new int[weights.ColumnIndices.Length - first];
        _weights = new double[_topics.Length];
        int[] next = _starts[..^1];
        for (int topic = 0; topic < TopicCount; topic++)
        {
            ReadOnlySpan<int> columns = weights.RowColumns(topic + outlierOffset);
            ReadOnlySpan<double> values = weights.RowValues(topic + outlierOffset);
            for (int i = 0; i < columns.Length; i++)
            {
                int place = next[columns[i]]++;
                _topics[place] = topic;
                _weights[place] = values[i];
                _norms[topic] += values[i] * values[i];
            }

            _norms[topic] = Math.Sqrt(_norms[topic]);
        }
    }

    public int TopicCount { get; }

    /// <summary>Cosine of one sparse row with every topic; 0 where either has no weight.</summary>
    public void Cosines(ReadOnlySpan<int> columns, ReadOnlySpan<double> values, Span<double> cosines)
    {
        cosines.Clear();
        double squares = 0;
        for (int i = 0; i < columns.Length; i++)
        {
            squares += values[i] * values[i];
            for (int place = _starts[columns[i]]; place < _starts[columns[i] + 1]; place++)
            {
                cosines[_topics[place]] += values[i] * _weights[place];
            }
        }

        double norm = Math.Sqrt(squares);
        for (int topic = 0; topic < cosines.Length; topic++)
        {
            double scale = norm * _norms[topic];
            cosines[topic] = scale > 0 ? cosines[topic] / scale : 0;
        }
    }
}
