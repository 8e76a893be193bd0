using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>A fitted layout. Immutable and safe for any number of threads.</summary>
public sealed class UmapModel
{
    private readonly Placement _placement;

    /// <summary>Builds the model from its stored parts; the arrays are kept, not copied.</summary>
    /// <param name="options">Settings of the fit.</param>
    /// <param name="a">Constant a of the layout's similarity 1/(1 + a·x^(2b)).</param>
    /// <param name="b">Constant b.</param>
    /// <param name="trainingRows">Vectors of the training documents, n × D.</param>
    /// <param name="embedding">Their positions, n × d.</param>
    /// <exception cref="ArgumentException">The parts do not fit each other.</exception>
    public UmapModel(UmapOptions options, double a, double b, Matrix trainingRows, Matrix embedding)
        : this(options, a, b, trainingRows, embedding, null)
    {
    }

    internal UmapModel(UmapOptions options, double a, double b, Matrix trainingRows, Matrix embedding, RowIndex? index)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(trainingRows);
        ArgumentNullException.ThrowIfNull(embedding);
        Options = options.Validated();
        if (embedding.Rows != trainingRows.Rows || embedding.Columns != options.ComponentCount)
        {
            throw new ArgumentException(
                $"{trainingRows.Rows} × {options.ComponentCount} positions expected, {embedding.Rows} × {embedding.Columns} given.", nameof(embedding));
        }

        A = a;
        B = b;
        TrainingRows = trainingRows;
        Embedding = embedding;
        Index = index ?? RowIndex.Build(trainingRows, options.Metric);
        _placement = Placement.For(this);
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

    /// <summary>What searching the training rows needs beside them.</summary>
    internal RowIndex Index { get; }

    /// <summary>
    /// Places a new document among the training documents, which stay where they are. The answer depends on the row and
    /// the model alone, never on other rows of a batch; a training document gets its own position. Allocates nothing after
    /// a thread's first call.
    /// </summary>
    /// <param name="row">D values.</param>
    /// <param name="position">Gets d coordinates.</param>
    /// <exception cref="ArgumentException">A wrong length, a value that is not finite, or a model without training rows.</exception>
    public void Transform(ReadOnlySpan<float> row, Span<float> position)
    {
        if (row.Length != TrainingRows.Columns)
        {
            throw new ArgumentException($"{TrainingRows.Columns} values expected, {row.Length} given.", nameof(row));
        }

        if (position.Length != Embedding.Columns)
        {
            throw new ArgumentException($"Room for {Embedding.Columns} coordinates expected, {position.Length} given.", nameof(position));
        }

        _placement.Place(row, position);
    }
}
