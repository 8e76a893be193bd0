using TopicGrpc.Engine.Topics.Lineage;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics.Comparison;

/// <summary>Similarities of linked topics.</summary>
internal sealed class TopicMatches
{
    private readonly TopicModel _older;
    private readonly TopicModel _newer;
    private readonly SharedDocuments _shared;
    private readonly CentroidPredictor? _centroids;
    private readonly TermSimilarities? _terms;

    public TopicMatches(TopicModel older, TopicModel newer, SharedDocuments shared)
    {
        _older = older;
        _newer = newer;
        _shared = shared;
        _centroids = older.Embedder.Sha256 == newer.Embedder.Sha256
            ? new CentroidPredictor(newer.TopicEmbeddings, newer.OutlierOffset)
            : null;
        _terms = older.Vocabulary.Count > 0 && newer.Vocabulary.Count > 0 ? new TermSimilarities(older, newer) : null;
    }

    public IReadOnlyList<TopicMatch> Describe(TopicChanges changes, CancellationToken cancellationToken)
    {
        List<TopicMatch> matches = [];
        double[] cosines = new double[_newer.Topics.Count];
        int computed = -1;
        foreach ((TopicChange change, int before, int after) in changes.All())
        {
            cancellationToken.ThrowIfCancellationRequested();
            int row = before + _older.OutlierOffset;
            int nextRow = after + _newer.OutlierOffset;
            TopicMatch match = new(change, before < 0 ? null : _older.Topics[row], after < 0 ? null : _newer.Topics[nextRow]);
            if (before >= 0 && after >= 0)
            {
                // The pairs of one topic are adjacent.
                if (_centroids is not null && computed != before)
                {
                    _centroids.Cosines(_older.TopicEmbeddings.Row(row), cosines);
                    computed = before;
                }

                int both = _shared[before, after];
                int either = _shared.First.Shared(before) + _shared.Second.Shared(after) - both;
                match = match with
                {
                    CentroidSimilarity = _centroids is null ? null : cosines[nextRow],
                    TermSimilarity = _terms?.Of(row, nextRow),
                    SharedDocuments = both,
                    DocumentOverlap = either == 0 ? 0 : (double)both / either,
                };
            }

            matches.Add(match);
        }

        return matches;
    }

    /// <summary>Cosines of term weights over two vocabularies.</summary>
    private sealed class TermSimilarities
    {
        private readonly TopicModel _older;
        private readonly TopicModel _newer;
        private readonly double[] _olderNorms;
        private readonly double[] _newerNorms;
        private readonly int[] _columns;

        public TermSimilarities(TopicModel older, TopicModel newer)
        {
            _older = older;
            _newer = newer;
            _olderNorms = SparseNorms.Of(older.TermWeights);
            _newerNorms = SparseNorms.Of(newer.TermWeights);
            _columns = [.. newer.Vocabulary.Terms.Select(term => older.Vocabulary.TryGetColumn(term, out int column) ? column : -1)];
        }

        public double Of(int olderRow, int newerRow)
        {
            ReadOnlySpan<int> olderColumns = _older.TermWeights.RowColumns(olderRow);
            ReadOnlySpan<double> olderValues = _older.TermWeights.RowValues(olderRow);
            ReadOnlySpan<int> columns = _newer.TermWeights.RowColumns(newerRow);
            ReadOnlySpan<double> values = _newer.TermWeights.RowValues(newerRow);
            double dot = 0;
            for (int i = 0; i < columns.Length; i++)
            {
                int column = _columns[columns[i]];
                int at = column < 0 ? -1 : olderColumns.BinarySearch(column);
                dot += at < 0 ? 0 : values[i] * olderValues[at];
            }

            double scale = _olderNorms[olderRow] * _newerNorms[newerRow];
            return scale > 0 ? dot / scale : 0;
        }
    }
}
