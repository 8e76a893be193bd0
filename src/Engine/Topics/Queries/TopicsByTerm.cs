using System.Numerics;
using System.Numerics.Tensors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>
/// The topics' weights by term, so that the cosine of a short text with all topics costs only its own terms. A term of few
/// topics lists them; one of many has a full row, which is added at once. Topic −1 is left out.
/// </summary>
internal sealed class TopicsByTerm
{
    /// <summary>A full row is cheaper from this share of the topics on.</summary>
    private const int DenseShare = 4;

    private readonly int[] _starts;
    private readonly int[] _topics;
    private readonly double[] _weights;
    private readonly double[] _norms;
    private readonly int[] _denseStarts;
    private readonly double[] _dense;

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

            // A topic without weight is like nothing: whatever is divided by its norm is 0.
            _norms[topic] = _norms[topic] > 0 ? Math.Sqrt(_norms[topic]) : double.PositiveInfinity;
        }

        (_denseStarts, _dense) = Densify();
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
            int dense = _denseStarts[columns[i]];
            if (dense >= 0)
            {
                TensorPrimitives.MultiplyAdd(_dense.AsSpan(dense, TopicCount), values[i], cosines, cosines);
                continue;
            }

            for (int place = _starts[columns[i]]; place < _starts[columns[i] + 1]; place++)
            {
                cosines[_topics[place]] += values[i] * _weights[place];
            }
        }

        if (squares > 0)
        {
            Divide(cosines, Math.Sqrt(squares));
        }
    }

    private void Divide(Span<double> cosines, double norm)
    {
        int topic = 0;
        for (; topic <= cosines.Length - Vector<double>.Count; topic += Vector<double>.Count)
        {
            Span<double> part = cosines[topic..];
            (new Vector<double>(part) / (new Vector<double>(_norms, topic) * norm)).CopyTo(part);
        }

        for (; topic < cosines.Length; topic++)
        {
            cosines[topic] /= _norms[topic] * norm;
        }
    }

    private (int[] Starts, double[] Rows) Densify()
    {
        int[] starts = new int[_starts.Length - 1];
        int length = 0;
        for (int column = 0; column < starts.Length; column++)
        {
            bool isDense = (_starts[column + 1] - _starts[column]) * DenseShare >= TopicCount;
            starts[column] = isDense ? length : -1;
            length += isDense ? TopicCount : 0;
        }

        double[] rows = new double[length];
        for (int column = 0; column < starts.Length; column++)
        {
            for (int place = _starts[column]; starts[column] >= 0 && place < _starts[column + 1]; place++)
            {
                rows[starts[column] + _topics[place]] = _weights[place];
            }
        }

        return (starts, rows);
    }
}
