using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Numerics.Linkage;
using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>
/// Hierarchy of topics: Ward linkage on the cosine distance of their c-TF-IDF rows; each merge is named by the words of all its documents.
/// Source: BERTopic's <c>hierarchical_topics</c>, without its random shift of equal heights.
/// </summary>
internal sealed class TopicHierarchy(TermSpace space, CsrMatrix<int> counts, IReadOnlyList<Topic> topics)
{
    private const int WordsInName = 5;

    /// <summary>Returns all merges, the last one (all topics) first; empty for fewer than two topics.</summary>
    /// <param name="cancellationToken">Cancels between topics and merges, and inside the leaf order.</param>
    public IReadOnlyList<HierarchyMerge> Build(CancellationToken cancellationToken)
    {
        int leaves = space.TopicCount;
        if (leaves < 2)
        {
            return [];
        }

        CondensedDistances distances = Distances(cancellationToken);
        LinkageMerge[] merges = LeafOrder.Arrange(
            NearestNeighborChain.Link(distances, LinkageMethod.Ward, cancellationToken),
            distances,
            cancellationToken);
        int[][] members = new int[leaves + merges.Length][];
        string[] names = new string[members.Length];
        for (int topic = 0; topic < leaves; topic++)
        {
            members[topic] = [topic];
            names[topic] = Name(topics[topic + space.OutlierOffset].Words);
        }

        var rows = new HierarchyMerge[merges.Length];
        for (int step = 0; step < merges.Length; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (int left, int right, double height, _) = merges[step];
            int parent = leaves + step;
            members[parent] = [.. members[left], .. members[right]];
            Array.Sort(members[parent]);
            names[parent] = Name(WordsOf(members[parent]));
            rows[merges.Length - 1 - step] = new HierarchyMerge(
                parent, names[parent], members[parent], left, names[left], right, names[right], height);
        }

        return rows;
    }

    private CondensedDistances Distances(CancellationToken cancellationToken)
    {
        TopicsByTerm byTerm = new(space.Weights, space.OutlierOffset);
        int leaves = space.TopicCount;
        double[] cosines = new double[checked(leaves * leaves)];
        for (int topic = 0; topic < leaves; topic++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int row = topic + space.OutlierOffset;
            byTerm.Cosines(space.Weights.RowColumns(row), space.Weights.RowValues(row), cosines.AsSpan(topic * leaves, leaves));
        }

        return CondensedDistances.Create(leaves, (i, j) => 1 - cosines[(i * leaves) + j], cancellationToken);
    }

    private TopicWord[] WordsOf(int[] members)
    {
        SparseCounter counter = new(counts.Columns);
        foreach (int topic in members)
        {
            ReadOnlySpan<int> columns = counts.RowColumns(topic + space.OutlierOffset);
            ReadOnlySpan<int> values = counts.RowValues(topic + space.OutlierOffset);
            for (int i = 0; i < columns.Length; i++)
            {
                counter.Add(columns[i], values[i]);
            }
        }

        (int[] terms, int[] sums) = counter.Take();
        CsrMatrix<double> weights = space.TfIdf.Transform(new CsrMatrix<int>(counts.Columns, [0, terms.Length], terms, sums));
        return TopicWordRanking.Best(weights, space.Vocabulary, 0, WordsInName);
    }

    private static string Name(IReadOnlyList<TopicWord> words) => string.Join('_', words.Take(WordsInName).Select(word => word.Term));
}
