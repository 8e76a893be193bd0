using System.Numerics.Tensors;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Stages;

/// <summary>Recall of a neighbor table: the share of the exact neighbors of evenly spaced rows that the search found.</summary>
internal static class NeighborRecall
{
    public static double Of(NeighborTable found, Matrix rows, int sample, int threads)
    {
        long shared = 0;
        Parallel.For(0, sample, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            int row = (int)((long)i * rows.Rows / sample);
            float[] cosines = new float[rows.Rows];
            for (int other = 0; other < cosines.Length; other++)
            {
                cosines[other] = other == row ? float.NegativeInfinity : TensorPrimitives.Dot<float>(rows.Row(row), rows.Row(other));
            }

            float[] best = new float[cosines.Length];
            cosines.CopyTo(best, 0);
            Array.Sort(best);
            float least = best[^(found.NeighborCount - 1)];
            int hits = 0;
            foreach (int other in found.Indices.AsSpan((row * found.NeighborCount) + 1, found.NeighborCount - 1))
            {
                hits += cosines[other] >= least ? 1 : 0;
            }

            Interlocked.Add(ref shared, hits);
        });
        return Math.Round(shared / ((double)sample * (found.NeighborCount - 1)), 5);
    }
}
