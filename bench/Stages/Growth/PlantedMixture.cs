using System.Numerics.Tensors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Stages.Growth;

/// <summary>
/// Vectors of planted topics: a topic is a direction near one of a few fields, its documents vary in twelve directions of its own and a
/// little in all, and one document in twenty belongs to no topic. Row i is the same for every number of rows.
/// </summary>
internal sealed class PlantedMixture
{
    /// <summary>Topic of a document without one.</summary>
    public const int None = -1;

    private const int Topics = 100;
    private const int Fields = 12;
    private const int Factors = 12;
    private const double OutlierShare = 0.05;

    /// <summary>Length of the part of a topic that its field does not have.</summary>
    private const float OwnPart = 0.9f;

    /// <summary>Standard deviation along the first direction of a topic; it falls with the number of the direction.</summary>
    private const double FirstDeviation = 0.3;
    private const double Decay = 4.0;

    /// <summary>Expected length of the variation in all directions.</summary>
    private const double NoiseLength = 0.15;

    /// <summary>The topic of number t is this power of t smaller than the first.</summary>
    private const double SizePower = 0.5;

    private const int BlockRows = 256;
    private const long CenterStream = 1;
    private const long FactorStream = 2;
    private const long FieldStream = 3;
    private const long RowStream = 4;

    private readonly int _columns;
    private readonly Matrix _centers;
    private readonly Matrix _factors;
    private readonly double[] _ends = new double[Topics];

    public PlantedMixture(int columns)
    {
        _columns = columns;
        Matrix fields = Directions(Fields, FieldStream);
        Matrix own = Directions(Topics, CenterStream);
        _factors = Directions(Topics * Factors, FactorStream);
        _centers = new Matrix(Topics, columns);
        double sum = 0;
        for (int topic = 0; topic < Topics; topic++)
        {
            Span<float> center = _centers.Row(topic);
            TensorPrimitives.MultiplyAdd(own.Row(topic), OwnPart, fields.Row(topic % Fields), center);
            Normalize(center);
            _ends[topic] = sum += Math.Pow(topic + 1, -SizePower);
        }

        for (int topic = 0; topic < Topics; topic++)
        {
            _ends[topic] /= sum;
        }
    }

    /// <summary>Fills rows.</summary>
    /// <returns>Topic of each row; <see cref="None"/> for an outlier.</returns>
    public int[] Fill(ScratchRows target, int rows, int threads)
    {
        int[] topics = new int[rows];
        RowBlocks.Run(rows, BlockRows, threads, (_, start, end) =>
        {
            float[] block = new float[(end - start) * _columns];
            for (int row = start; row < end; row++)
            {
                topics[row] = Draw(row, block.AsSpan((row - start) * _columns, _columns));
            }

            target.Write(start, block);
        }, CancellationToken.None);
        return topics;
    }

    private int Draw(int row, Span<float> values)
    {
        ulong key = CounterRandom.Key(0, RowStream, row);
        bool isOutlier = CounterRandom.Uniform(key, 0) < OutlierShare;
        int topic = Array.FindIndex(_ends, end => CounterRandom.Uniform(key, 1) < end);
        topic = topic < 0 ? Topics - 1 : topic;
        values.Clear();
        if (!isOutlier)
        {
            _centers.Row(topic).CopyTo(values);
            for (int factor = 0; factor < Factors; factor++)
            {
                double deviation = FirstDeviation / (1 + (factor / Decay));
                float share = (float)(deviation * CounterRandom.Normal(key, 1 + factor).First);
                TensorPrimitives.MultiplyAdd(_factors.Row((topic * Factors) + factor), share, values, values);
            }
        }

        // Uniform with the variance of the noise; an outlier has nothing else.
        double width = (isOutlier ? 1 : NoiseLength) * Math.Sqrt(12.0 / _columns);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] += (float)(width * (CounterRandom.Uniform(key, (4 * Factors) + i) - 0.5));
        }

        Normalize(values);
        return isOutlier ? None : topic;
    }

    private Matrix Directions(int count, long stream)
    {
        Matrix rows = new(count, _columns);
        for (int row = 0; row < count; row++)
        {
            ulong key = CounterRandom.Key(0, stream, row);
            Span<float> values = rows.Row(row);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (float)CounterRandom.Normal(key, i).First;
            }

            Normalize(values);
        }

        return rows;
    }

    private static void Normalize(Span<float> values) =>
        TensorPrimitives.Divide(values, TensorPrimitives.Norm<float>(values), values);
}
