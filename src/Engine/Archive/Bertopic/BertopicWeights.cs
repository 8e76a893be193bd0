using System.Text.Json;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>
/// Terms and word weights of a model (<c>save_ctfidf=True</c>). scikit-learn numbers terms alphabetically, but lists them, and
/// the entries of every row, in the order in which they were first seen. Columns here follow the list, so rows are ascending
/// and the way back gives the same bytes.
/// </summary>
/// <param name="Vocabulary">Terms.</param>
/// <param name="Weights">Topics × terms.</param>
/// <param name="InverseFrequencies">Factor of each term.</param>
internal sealed record BertopicWeights(Vocabulary Vocabulary, CsrMatrix<double> Weights, double[] InverseFrequencies)
{
    /// <summary>What stands for the words of a model saved without them.</summary>
    public static BertopicWeights None(int topics) => new(new Vocabulary([]), new CsrMatrix<double>(0, new int[topics + 1], [], []), []);

    /// <exception cref="InvalidDataException">The tensors do not fit each other or the vocabulary.</exception>
    public static BertopicWeights Read(IReadOnlyDictionary<string, Tensor> tensors, ForeignJson vocabulary, int topics)
    {
        int[] shape = Integers(tensors, BertopicNames.Shape);
        int[] starts = Integers(tensors, BertopicNames.RowStarts);
        int[] columns = Integers(tensors, BertopicNames.Columns);
        double[] values = Doubles(tensors, BertopicNames.Values);
        double[] factors = Doubles(tensors, BertopicNames.Factors);
        (string[] terms, int[] placeOf) = ReadTerms(vocabulary);
        Require(shape.Length == 2 && shape[0] == topics && shape[1] == terms.Length, BertopicNames.Shape, $"{topics} topics × {terms.Length} terms");
        Require(factors.Length == terms.Length, BertopicNames.Factors, $"one number for each of {terms.Length} terms");
        Require(columns.Length == values.Length, BertopicNames.Columns, $"one column for each of {values.Length} values");
        Require(starts.Length == topics + 1 && starts[0] == 0 && starts[^1] == values.Length, BertopicNames.RowStarts, $"the starts of {topics} rows of {values.Length} values");
        for (int row = 0; row < topics; row++)
        {
            Require(starts[row + 1] >= starts[row] && starts[row + 1] <= values.Length, BertopicNames.RowStarts, "ascending");
        }

        double[] moved = new double[factors.Length];
        for (int column = 0; column < factors.Length; column++)
        {
            moved[placeOf[column]] = factors[column];
        }

        for (int i = 0; i < columns.Length; i++)
        {
            Require((uint)columns[i] < (uint)terms.Length, BertopicNames.Columns, $"below {terms.Length}");
            columns[i] = placeOf[columns[i]];
        }

        for (int row = 0; row < topics; row++)
        {
            Array.Sort(columns, values, starts[row], starts[row + 1] - starts[row]);
        }

        return new BertopicWeights(new Vocabulary(terms), new CsrMatrix<double>(terms.Length, starts, columns, values), moved);
    }

    public static Tensor[] Tensors(TopicModel model)
    {
        int[] rank = Ranks(model);
        double[] factors = new double[rank.Length];
        for (int column = 0; column < rank.Length; column++)
        {
            factors[rank[column]] = model.InverseFrequencies[column];
        }

        return
        [
            Tensor.Create(BertopicNames.RowStarts, model.TermWeights.RowStarts),
            Tensor.Create(BertopicNames.Columns, Array.ConvertAll(model.TermWeights.ColumnIndices, column => rank[column])),
            Tensor.Create(BertopicNames.Values, model.TermWeights.Values),
            Tensor.Create(BertopicNames.Shape, [(long)model.TermWeights.Rows, model.TermWeights.Columns]),
            Tensor.Create(BertopicNames.Factors, factors),
        ];
    }

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
        int[] rank = Ranks(model);
        for (int column = 0; column < rank.Length; column++)
        {
            writer.WriteNumber(model.Vocabulary.Terms[column], rank[column]);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>scikit-learn's number of each term: by code point, or as given where the vocabulary is fixed.</summary>
    private static int[] Ranks(TopicModel model)
    {
        int[] order = [.. Enumerable.Range(0, model.Vocabulary.Count)];
        if (model.Options.Words.Vocabulary is null)
        {
            CodePointOrder.Sort(order, column => model.Vocabulary.Terms[column]);
        }

        int[] rank = new int[order.Length];
        for (int place = 0; place < order.Length; place++)
        {
            rank[order[place]] = place;
        }

        return rank;
    }

    private static (string[] Terms, int[] PlaceOf) ReadTerms(ForeignJson vocabulary)
    {
        (string Name, ForeignJson Value)[] members = [.. vocabulary.Members()];
        int[] placeOf = new int[members.Length];
        Array.Fill(placeOf, -1);
        for (int place = 0; place < members.Length; place++)
        {
            int column = members[place].Value.Whole(0, members.Length - 1);
            placeOf[column] = placeOf[column] < 0 ? place : throw members[place].Value.Wrong("the number of one term only");
        }

        return (Array.ConvertAll(members, member => member.Name), placeOf);
    }

    private static int[] Integers(IReadOnlyDictionary<string, Tensor> tensors, string name) =>
        Get(tensors, name).ToIntegers() ?? throw Wrong(name, "a tensor of whole numbers");

    private static double[] Doubles(IReadOnlyDictionary<string, Tensor> tensors, string name) =>
        Get(tensors, name).ToDoubles() ?? throw Wrong(name, "a tensor of numbers");

    private static Tensor Get(IReadOnlyDictionary<string, Tensor> tensors, string name) =>
        tensors.TryGetValue(name, out Tensor? tensor) ? tensor : throw new InvalidDataException($"{BertopicNames.Weights}: {name} is missing.");

    private static void Require(bool condition, string name, string expected)
    {
        if (!condition)
        {
            throw Wrong(name, expected);
        }
    }

    private static InvalidDataException Wrong(string name, string expected) => new($"{BertopicNames.Weights}: {name} is not {expected}.");
}
