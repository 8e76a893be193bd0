using System.Globalization;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Corpora;

/// <summary>What makes the embeddings of the documents of a corpus: the encoder of the server, or the clients.</summary>
internal readonly record struct EmbeddingSource
{
    private const int EncoderCode = 1;
    private const int GivenCode = 2;
    private const string Field = "embedding";

    private readonly int _code;

    private EmbeddingSource(int code) => _code = code;

    /// <summary>The first document decides.</summary>
    public static EmbeddingSource Undecided => default;

    /// <summary>The encoder of the server; no document has an embedding.</summary>
    public static EmbeddingSource Encoder { get; } = new(EncoderCode);

    /// <summary>The clients; every document has an embedding.</summary>
    /// <param name="dimension">Numbers of an embedding; 0 if the first document sets it.</param>
    public static EmbeddingSource Given(int dimension) => new(GivenCode + dimension);

    /// <summary>Whether the clients give the embeddings.</summary>
    public bool IsGiven => _code >= GivenCode;

    /// <summary>Numbers of a given embedding; 0 if none is given, or if the first document sets it.</summary>
    public int Dimension => Math.Max(0, _code - GivenCode);

    /// <summary>Returns the source of a corpus with documents.</summary>
    /// <param name="dimension">Numbers of their embeddings; 0 if they have none.</param>
    public static EmbeddingSource OfDocuments(int dimension) => dimension == 0 ? Encoder : Given(dimension);

    /// <summary>Returns the source after a document was accepted.</summary>
    /// <param name="dimension">Numbers of its embedding; 0 for none.</param>
    public EmbeddingSource After(int dimension) => this == Undecided || Dimension == 0 ? OfDocuments(dimension) : this;

    /// <summary>Checks whether a document belongs into the corpus.</summary>
    /// <param name="dimension">Numbers of its embedding; 0 for none.</param>
    /// <returns>The fault of a document of the other kind or of another dimension; otherwise null.</returns>
    public ServiceException? Check(int dimension)
    {
        if (this == Undecided)
        {
            return null;
        }

        if (!IsGiven)
        {
            return dimension == 0
                ? null
                : Fault.InvalidField(Field, "must be absent: the encoder of the server embeds the documents of this corpus");
        }

        if (dimension == 0)
        {
            string size = Dimension == 0 ? "numbers" : string.Create(CultureInfo.InvariantCulture, $"{Dimension} numbers");
            return Fault.InvalidField(Field, $"must have {size}: clients give the embeddings of this corpus");
        }

        return Dimension == 0 || dimension == Dimension
            ? null
            : EmbeddingRules.WrongDimension(dimension, Dimension, Field);
    }
}
