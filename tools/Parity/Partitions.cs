using TopicGrpc.Engine.Topics.Comparison;

namespace TopicGrpc.Parity;

/// <summary>Agreement of two partitions of the same items. Every label is a class, including −1.</summary>
internal static class Partitions
{
    /// <summary>
    /// Computes the adjusted mutual information (Vinh, Epps and Bailey 2010) with the arithmetic mean of the entropies,
    /// scikit-learn's default.
    /// </summary>
    public static double AdjustedMutualInformation(ReadOnlySpan<int> first, ReadOnlySpan<int> second) =>
        PartitionAgreement.AdjustedMutualInformation(first, second);

    /// <summary>
    /// Maps each label of <paramref name="first"/> to the label of <paramref name="second"/> with the largest overlap, one
    /// to one; −1 maps to −1.
    /// </summary>
    public static Dictionary<int, int> Match(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        Dictionary<(int First, int Second), int> shared = [];
        for (int i = 0; i < first.Length; i++)
        {
            shared[(first[i], second[i])] = shared.GetValueOrDefault((first[i], second[i])) + 1;
        }

        Dictionary<int, int> match = new() { [-1] = -1 };
        HashSet<int> taken = [-1];
        foreach ((int a, int b) in shared.OrderByDescending(cell => cell.Value).ThenBy(cell => cell.Key).Select(cell => cell.Key))
        {
            if (!match.ContainsKey(a) && taken.Add(b))
            {
                match[a] = b;
            }
        }

        return match;
    }
}
