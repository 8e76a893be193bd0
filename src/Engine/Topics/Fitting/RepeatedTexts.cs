using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>
/// Documents with the same text. A fit that merges duplicates builds the cluster tree on the distinct texts. If copies are many, it also
/// finds neighbors and layout of the distinct texts only: a text that was sent many times would otherwise fill the neighborhoods of its
/// copies and be spread over many topics.
/// </summary>
internal sealed class RepeatedTexts
{
    /// <summary>Largest difference of equal embeddings; batches of different lengths round differently.</summary>
    private const float Tolerance = 1e-5f;

    /// <summary>Fewest distinct texts of a layout: more than its dimensions.</summary>
    private const int SpareTexts = 2;

    /// <summary>Copies are many if they are more than one in this many documents.</summary>
    private const int ManyShare = 20;

    /// <summary>Copies are many if those of one text take more than one in this many places of a neighborhood.</summary>
    private const int NeighborhoodShare = 4;

    private readonly int[] _first;
    private readonly ScratchSpace _scratch;

    private RepeatedTexts(int[] first, int[] distinctOf, bool areFew, ScratchSpace scratch)
    {
        _scratch = scratch;
        _first = first;
        DistinctOf = distinctOf;
        AreFew = areFew;
    }

    /// <summary>
    /// True if so few documents are copies that neighbors and layout are those of all documents; the copies of a text then get the position
    /// of its first document.
    /// </summary>
    public bool AreFew { get; }

    /// <summary>Number of the distinct text of each document.</summary>
    public int[] DistinctOf { get; }

    /// <summary>Finds documents with the same text and embedding.</summary>
    /// <param name="input">Documents.</param>
    /// <param name="layout">Settings of the layout.</param>
    /// <returns>The groups, or null if no text repeats or too few texts are left for a layout.</returns>
    public static RepeatedTexts? Find(CanonicalInput input, UmapOptions layout)
    {
        string[] texts = input.Documents.Texts;
        Dictionary<string, int> known = new(StringComparer.Ordinal);
        List<int> first = [];
        int[] distinctOf = new int[texts.Length];
        for (int row = 0; row < texts.Length; row++)
        {
            // Documents without words have nothing in common: they stay apart, as they are without merging.
            bool repeats = known.TryGetValue(texts[row], out int distinct)
                && !string.IsNullOrWhiteSpace(texts[row])
                && AreEqual(input.Embeddings.Row(row), input.Embeddings.Row(first[distinct]));
            if (!repeats)
            {
                distinct = first.Count;
                first.Add(row);
                known.TryAdd(texts[row], distinct);
            }

            distinctOf[row] = distinct;
        }

        if (first.Count == texts.Length || first.Count < layout.ComponentCount + SpareTexts)
        {
            return null;
        }

        bool areFew = ManyShare * (texts.Length - first.Count) <= texts.Length
            && NeighborhoodShare * (MostCopies(distinctOf, first.Count) - 1) <= layout.NeighborCount;
        return new RepeatedTexts([.. first], distinctOf, areFew, input.Scratch);
    }

    /// <summary>Returns one row per distinct text.</summary>
    public Matrix Distinct(Matrix rows) =>
        _scratch.Create(_first.Length, rows.Columns, (distinct, values) => rows.Row(_first[distinct]).CopyTo(values));

    /// <summary>Returns one row per document from one row per distinct text.</summary>
    public Matrix All(Matrix distinct) => distinct.Take(DistinctOf);

    /// <summary>Returns the search graph of all documents from that of the distinct texts.</summary>
    public SearchGraph All(SearchGraph distinct) => distinct.Expanded(_first, DistinctOf.Length);

    private static int MostCopies(int[] distinctOf, int count)
    {
        int[] sizes = new int[count];
        foreach (int distinct in distinctOf)
        {
            sizes[distinct]++;
        }

        return sizes.Max();
    }

    private static bool AreEqual(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        for (int i = 0; i < first.Length; i++)
        {
            if (!(MathF.Abs(first[i] - second[i]) <= Tolerance))
            {
                return false;
            }
        }

        return true;
    }
}
