using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Tests.Topics.Fitting;

/// <summary>Unit vectors in groups without inner structure, as sentence embeddings of one theme each.</summary>
internal static class PlantedVectors
{
    private const int Dimension = 96;

    /// <summary>Length of the noise relative to the center of a group, so that members have a cosine of about .5.</summary>
    private const double Noise = 1.0;

    /// <summary>Creates the vectors; row r belongs to group r modulo <paramref name="groups"/>.</summary>
    public static Matrix Create(int groups, int each)
    {
        Matrix rows = new(groups * each, Dimension);
        for (int row = 0; row < rows.Rows; row++)
        {
            ulong center = CounterRandom.Key(1, row % groups);
            ulong own = CounterRandom.Key(2, row);
            double[] vector = new double[Dimension];
            for (int k = 0; k < Dimension; k++)
            {
                vector[k] = CounterRandom.Normal(center, k).First + (Noise * CounterRandom.Normal(own, k).First);
            }

            double length = Math.Sqrt(vector.Sum(value => value * value));
            for (int k = 0; k < Dimension; k++)
            {
                rows.Row(row)[k] = (float)(vector[k] / length);
            }
        }

        return rows;
    }
}
