using System.Numerics;
using System.Runtime.Intrinsics;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>
/// The best candidates of every row by (score descending, index ascending). The order is total, so the lists do not depend
/// on the order of insertion. Only <see cref="OfferOnce"/> is thread-safe.
/// </summary>
internal sealed class CandidateLists
{
    /// <summary>Value of <see cref="_worst"/> while a thread changes the row.</summary>
    private const int Locked = -1;

    private readonly int _capacity;
    private readonly float[] _scores;
    private readonly int[] _indices;
    private readonly int[] _worst;

    /// <summary>Creates empty lists.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="wanted">Minimum number of candidates per row; rounded up to a multiple of eight.</param>
    /// <param name="paddedRows">Length of <see cref="Thresholds"/>; padding rows accept no candidate.</param>
    public CandidateLists(int rows, int wanted, int paddedRows)
    {
        _capacity = (wanted + 7) / 8 * 8;
        _scores = new float[checked(rows * _capacity)];
        _indices = new int[_scores.Length];
        _worst = new int[rows];
        Thresholds = new float[paddedRows];
        _scores.AsSpan().Fill(float.NegativeInfinity);
        _indices.AsSpan().Fill(int.MaxValue);
        Thresholds.AsSpan(0, rows).Fill(float.NegativeInfinity);
        Thresholds.AsSpan(rows).Fill(float.PositiveInfinity);
    }

    /// <summary>Number of rows.</summary>
    public int Rows => _worst.Length;

    /// <summary>Capacity of a row's list.</summary>
    public int Capacity => _capacity;

    /// <summary>Lowest score in each row's list; a candidate with a lower score cannot enter.</summary>
    public float[] Thresholds { get; }

    /// <summary>Returns the candidates of a row, unordered; empty slots hold <see cref="int.MaxValue"/>.</summary>
    public ReadOnlySpan<int> Row(int row) => _indices.AsSpan(row * _capacity, _capacity);

    /// <summary>Inserts a candidate if it is among the best. It must not be in the list yet.</summary>
    public void Offer(int row, float score, int index)
    {
        _worst[row] = Replace(row, _worst[row], score, index);
    }

    /// <summary>
    /// Inserts a candidate if it is among the best and not in the list yet. Thread-safe, unlike the other methods: the list of
    /// a row is locked during the change. The final list does not depend on the order of calls.
    /// </summary>
    /// <returns>A threshold of the row that is current or lower.</returns>
    public float OfferOnce(int row, float score, int index)
    {
        // Thresholds only rise, so a stale one admits too many candidates, never too few.
        if (score < Volatile.Read(ref Thresholds[row]))
        {
            return Thresholds[row];
        }

        SpinWait wait = default;
        int worst = Interlocked.Exchange(ref _worst[row], Locked);
        while (worst == Locked)
        {
            wait.SpinOnce();
            worst = Interlocked.Exchange(ref _worst[row], Locked);
        }

        if (!Row(row).Contains(index))
        {
            worst = Replace(row, worst, score, index);
        }

        float threshold = Thresholds[row];
        Volatile.Write(ref _worst[row], worst);
        return threshold;
    }

    /// <summary>Inserts the candidates of a row of another instance; none may be in the list yet.</summary>
    public void Merge(CandidateLists other, int row)
    {
        for (int i = row * _capacity; i < (row + 1) * _capacity; i++)
        {
            if (other._indices[i] != int.MaxValue)
            {
                Offer(row, other._scores[i], other._indices[i]);
            }
        }
    }

    /// <summary>Replaces the worst candidate by a better one. Returns the place of the worst candidate after that.</summary>
    private int Replace(int row, int worst, float score, int index)
    {
        Span<float> scores = _scores.AsSpan(row * _capacity, _capacity);
        Span<int> indices = _indices.AsSpan(row * _capacity, _capacity);
        if (score < scores[worst] || (score == scores[worst] && index > indices[worst]))
        {
            return worst;
        }

        scores[worst] = score;
        indices[worst] = index;
        worst = FindWorst(scores, indices);
        Thresholds[row] = scores[worst];
        return worst;
    }

    private static int FindWorst(ReadOnlySpan<float> scores, ReadOnlySpan<int> indices)
    {
        var low = Vector256.Create(scores);
        for (int i = 8; i < scores.Length; i += 8)
        {
            low = Vector256.Min(low, Vector256.Create(scores[i..]));
        }

        var quarter = Vector128.Min(low.GetLower(), low.GetUpper());
        float least = Math.Min(Math.Min(quarter[0], quarter[1]), Math.Min(quarter[2], quarter[3]));
        int worst = -1;
        for (int i = 0; i < scores.Length; i += 8)
        {
            uint equal = Vector256.Equals(Vector256.Create(scores[i..]), Vector256.Create(least)).ExtractMostSignificantBits();
            for (; equal != 0; equal &= equal - 1)
            {
                int place = i + BitOperations.TrailingZeroCount(equal);
                if (worst < 0 || indices[place] > indices[worst])
                {
                    worst = place;
                }
            }
        }

        return worst;
    }
}
