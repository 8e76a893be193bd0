using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>A fitted layout. Immutable and thread-safe.</summary>
public sealed class UmapModel
{
    private readonly Lazy<RowIndex> _index;
    private readonly Lazy<Placement> _placement;

    /// <summary>Creates the model from its parts. The arrays are not copied.</summary>
    /// <param name="options">Settings of the fit.</param>
    /// <param name="a">Constant a of the layout's similarity 1/(1 + a·x^(2b)).</param>
    /// <param name="b">Constant b.</param>
    /// <param name="trainingRows">Vectors of the training documents, n × D.</param>
    /// <param name="embedding">Positions of the training documents, n × d.</param>
    /// <exception cref="ArgumentException">The shapes of the parts contradict each other.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public UmapModel(UmapOptions options, double a, double b, Matrix trainingRows, Matrix embedding)
        : this(options, a, b, trainingRows, embedding, () => RowIndex.Build(trainingRows, options.Metric))
    {
    }

    internal UmapModel(UmapOptions options, double a, double b, Matrix trainingRows, Matrix embedding, SearchGraph? graph)
        : this(options, a, b, trainingRows, embedding, () => RowIndex.Build(
            trainingRows, options.Metric, graph, ComputeOptions.Default.Threads, CancellationToken.None))
    {
        Graph = graph;
    }

    internal UmapModel(UmapOptions options, double a, double b, Matrix trainingRows, Matrix embedding, RowIndex index)
        : this(options, a, b, trainingRows, embedding, () => index)
    {
        Graph = index.Graph;
    }

    /// <summary>Creates the model. A layout that only leads to another one is never queried, so the index is built on first use.</summary>
    private UmapModel(UmapOptions options, double a, double b, Matrix trainingRows, Matrix embedding, Func<RowIndex> index)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(trainingRows);
        ArgumentNullException.ThrowIfNull(embedding);
        Options = options.Validated();
        if (embedding.Rows != trainingRows.Rows || embedding.Columns != options.ComponentCount)
        {
            throw new ArgumentException(
                $"{trainingRows.Rows} × {options.ComponentCount} positions expected, but the embedding is "
                + $"{embedding.Rows} × {embedding.Columns}.",
                nameof(embedding));
        }

        A = a;
        B = b;
        TrainingRows = trainingRows;
        Embedding = embedding;
        _index = new Lazy<RowIndex>(index);
        _placement = new Lazy<Placement>(() => Placement.For(this));
    }

    /// <summary>Settings of the fit.</summary>
    public UmapOptions Options { get; }

    /// <summary>Constant a of the layout's similarity 1/(1 + a·x^(2b)).</summary>
    public double A { get; }

    /// <summary>Constant b of the layout's similarity.</summary>
    public double B { get; }

    /// <summary>Vectors of the training documents, n × D.</summary>
    public Matrix TrainingRows { get; }

    /// <summary>Positions of the training documents, n × d.</summary>
    public Matrix Embedding { get; }

    /// <summary>Precomputed search index of the training rows.</summary>
    internal RowIndex Index => _index.Value;

    /// <summary>Search graph of the training rows; null if queries are exact.</summary>
    internal SearchGraph? Graph { get; }

    /// <summary>
    /// Places a new document in the layout; the training documents do not move. The position depends only on the row and
    /// the model, not on a batch. A row equal to a training document gets that document's position. Does not allocate after
    /// the first call of a thread.
    /// </summary>
    /// <param name="row">Vector of D values.</param>
    /// <param name="position">Receives d coordinates.</param>
    /// <exception cref="ArgumentException">A length is wrong, a value is not finite, or the model has no training rows.</exception>
    public void Transform(ReadOnlySpan<float> row, Span<float> position) => Place(row, position);

    /// <summary>Places a new document as <see cref="Transform"/> does.</summary>
    /// <returns>What the search for its neighbors found.</returns>
    internal NearRows Place(ReadOnlySpan<float> row, Span<float> position)
    {
        if (row.Length != TrainingRows.Columns)
        {
            throw new ArgumentException($"{TrainingRows.Columns} values expected, but the row has {row.Length}.", nameof(row));
        }

        if (position.Length != Embedding.Columns)
        {
            throw new ArgumentException(
                $"{Embedding.Columns} coordinates expected, but the position has {position.Length}.", nameof(position));
        }

        return _placement.Value.Place(row, position);
    }

    /// <summary>Places several documents, each as <see cref="Transform"/> does, with neighbors of <see cref="FindNeighbors"/>.</summary>
    /// <param name="nearest">Their neighbors.</param>
    /// <param name="positions">Receives their positions, one row per document; NaN for a document without neighbors.</param>
    internal void Place(ReadOnlySpan<RankedRows> nearest, Matrix positions) => _placement.Value.Place(nearest, positions);

    /// <summary>Searches the neighbors of some rows of a matrix, which costs less than as many searches.</summary>
    /// <param name="rows">Matrix of D columns.</param>
    /// <param name="queries">Indexes of the rows.</param>
    /// <param name="found">Receive the neighbors; empty for a row with a value that is not finite.</param>
    internal void FindNeighbors(Matrix rows, ReadOnlySpan<int> queries, ReadOnlySpan<RankedRows> found) =>
        _placement.Value.FindNeighbors(rows, queries, found);

    /// <summary>Searches the neighbors of a new document without placing it.</summary>
    /// <param name="row">Vector of D finite values.</param>
    /// <param name="except">Training row that does not count for the distance; −1 for none.</param>
    internal NearRows Near(ReadOnlySpan<float> row, int except = -1) => _placement.Value.Near(row, except);
}
