using System.Text.Json;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>
/// Terms and term weights of a model (<c>save_ctfidf=True</c>). scikit-learn lists the terms in the order of their first occurrence but
/// numbers them by code point, as this engine does. The numbers decide.
/// </summary>
/// <param name="Vocabulary">Terms.</param>
/// <param name="Weights">Topics × terms.</param>
/// <param name="InverseFrequencies">Inverse frequency of each term.</param>
internal sealed record BertopicWeights(Vocabulary Vocabulary, CsrMatrix<double> Weights, double[] InverseFrequencies)
{
    /// <summary>Returns the empty weights of a model that was saved without weights.</summary>
    public static BertopicWeights None(int topics) => new(new Vocabulary([]), new CsrMatrix<double>(0, new int[topics + 1], [], []), []);

    /// <exception cref="InvalidDataException">The tensors do not match each other or the vocabulary.</exception>
    public static BertopicWeights Read(IReadOnlyDictionary<string, StoredTensor> tensors, ForeignJson vocabulary, int topics)
    {
        int[] shape = Integers(tensors, BertopicNames.Shape);
        int[] starts = Integers(tensors, BertopicNames.RowStarts);
        int[] columns = Integers(tensors, BertopicNames.Columns);
        double[] values = Doubles(tensors, BertopicNames.Values);
        double[] factors = Doubles(tensors, BertopicNames.Factors);
        string[] terms = ReadTerms(vocabulary);
        Require(
            shape.Length == 2 && shape[0] == topics && shape[1] == terms.Length,
            BertopicNames.Shape,
            $"{topics} topics × {terms.Length} terms");
        Require(factors.Length == terms.Length, BertopicNames.Factors, $"{terms.Length} numbers, one per term");
        Require(columns.Length == values.Length, BertopicNames.Columns, $"{values.Length} columns, one per value");
        Require(
            starts.Length == topics + 1 && starts[0] == 0 && starts[^1] == values.Length,
            BertopicNames.RowStarts,
            $"the starts of {topics} rows of {values.Length} values");
        for (int row = 0; row < topics; row++)
        {
            Require(starts[row + 1] >= starts[row] && starts[row + 1] <= values.Length, BertopicNames.RowStarts, "ascending");
        }

        Require(Array.TrueForAll(columns, column => (uint)column < (uint)terms.Length), BertopicNames.Columns, $"below {terms.Length}");

        for (int row = 0; row < topics; row++)
        {
            // Some releases of SciPy leave the entries of a row unsorted.
            Array.Sort(columns, values, starts[row], starts[row + 1] - starts[row]);
        }

        return new BertopicWeights(new Vocabulary(terms), new CsrMatrix<double>(terms.Length, starts, columns, values), factors);
    }

    public static Tensor[] Tensors(TopicModel model) =>
    [
        Tensor.Create(BertopicNames.RowStarts, model.TermWeights.RowStarts),
        Tensor.Create(BertopicNames.Columns, model.TermWeights.ColumnIndices),
        Tensor.Create(BertopicNames.Values, model.TermWeights.Values),
        Tensor.Create(BertopicNames.Shape, [(long)model.TermWeights.Rows, model.TermWeights.Columns]),
        Tensor.Create(BertopicNames.Factors, model.InverseFrequencies),
    ];

    public static void WriteConfig(Utf8JsonWriter writer, TopicModel model)
    {
        writer.WriteStartObject();
        writer.WriteStartObject(BertopicNames.TransformerModel);
        writer.WriteBoolean(BertopicNames.Bm25, model.Options.Weights.Bm25Weighting);
        writer.WriteBoolean(BertopicNames.ReduceFrequentWords, model.Options.Weights.ReduceFrequentWords);
        writer.WriteEndObject();
        writer.WriteStartObject(BertopicNames.VectorizerModel);
        writer.WritePropertyName(BertopicNames.Parameters);
        BertopicWords.Write(model.Options.Words, model.State.SourceSettings).WriteTo(writer);
        writer.WriteStartObject(BertopicNames.Vocabulary);
        for (int column = 0; column < model.Vocabulary.Count; column++)
        {
            writer.WriteNumber(model.Vocabulary.Terms[column], column);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string[] ReadTerms(ForeignJson vocabulary)
    {
        string?[] terms = new string?[vocabulary.Members().Count()];
        foreach ((string name, ForeignJson value) in vocabulary.Members())
        {
            int column = value.Whole(0, terms.Length - 1);
            terms[column] = terms[column] is null ? name : throw value.Wrong("a unique number of a term");
        }

        // The numbers are distinct, in range and as many as the terms, so none is missing.
        return terms!;
    }

    private static int[] Integers(IReadOnlyDictionary<string, StoredTensor> tensors, string name) =>
        Get(tensors, name).ToIntegers() ?? throw Wrong(name, "a tensor of whole numbers");

    private static double[] Doubles(IReadOnlyDictionary<string, StoredTensor> tensors, string name) =>
        Get(tensors, name).ToDoubles() ?? throw Wrong(name, "a tensor of numbers");

    private static StoredTensor Get(IReadOnlyDictionary<string, StoredTensor> tensors, string name) =>
        tensors.TryGetValue(name, out StoredTensor? tensor)
            ? tensor
            : throw new InvalidDataException($"{BertopicNames.Weights}: {name} is missing.");

    private static void Require(bool condition, string name, string expected)
    {
        if (!condition)
        {
            throw Wrong(name, expected);
        }
    }

    private static InvalidDataException Wrong(string name, string expected) => new($"{BertopicNames.Weights}: {name} must be {expected}.");
}
