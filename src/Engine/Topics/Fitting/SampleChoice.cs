using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>
/// Stratified bottom-k sample: of each stratum, the documents with the smallest hashes of their ids. The choice depends on ids, attributes
/// and times only, so neither the order of the documents nor a repetition changes it. Sizes of the strata are proportional (largest
/// remainders), at least 1 while the sample has room for all strata.
/// </summary>
internal sealed class SampleChoice
{
    private readonly List<SampleStratum> _strata = [];

    private SampleChoice(UInt128[] hashes) => Hashes = hashes;

    /// <summary>Hash of the id of each document.</summary>
    public UInt128[] Hashes { get; }

    /// <summary>Rows of the sample, ascending.</summary>
    public int[] Rows { get; private set; } = [];

    /// <summary>All strata, largest first.</summary>
    public IReadOnlyList<SampleStratum> Strata => _strata;

    /// <summary>Chooses the sample.</summary>
    /// <param name="documents">Documents in canonical order, more than the size of the sample.</param>
    /// <param name="sample">Size and strata.</param>
    public static SampleChoice Of(IReadOnlyList<Document> documents, TopicSample sample)
    {
        SampleChoice choice = new([.. documents.Select(static document => HashOf(document.Id))]);
        string[] spans = Spans(documents, sample.TimeStrata);
        var strata = Enumerable.Range(0, documents.Count)
            .GroupBy(row => NameOf(documents[row], sample, spans, row), StringComparer.Ordinal)
            .Select(static group => (Name: group.Key, Rows: group.ToArray()))
            .OrderByDescending(static group => group.Rows.Length)
            .ThenBy(static group => group.Name, StringComparer.Ordinal)
            .ToArray();
        int[] sizes = Sizes([.. strata.Select(static group => group.Rows.Length)], sample.Size, documents.Count);
        List<int> rows = [];
        for (int i = 0; i < strata.Length; i++)
        {
            rows.AddRange(choice.Least(strata[i].Rows, sizes[i]));
            choice._strata.Add(new SampleStratum(strata[i].Name, strata[i].Rows.Length, sizes[i]));
        }

        rows.Sort();
        choice.Rows = [.. rows];
        return choice;
    }

    /// <summary>Returns the rows with the smallest hashes, ascending by row.</summary>
    /// <param name="rows">Rows of documents, ascending.</param>
    /// <param name="count">Number of rows to return; all if there are no more.</param>
    public int[] Least(int[] rows, int count)
    {
        if (rows.Length <= count)
        {
            return rows;
        }

        // Rows are in the order of the ids, so equal hashes are chosen by id.
        int[] sorted = [.. rows];
        UInt128[] keys = Array.ConvertAll(sorted, row => Hashes[row]);
        Array.Sort(keys, sorted, Comparer<UInt128>.Default);
        int[] least = sorted[..count];
        Array.Sort(least);
        return least;
    }

    private static UInt128 HashOf(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <summary>Returns the start of the span of time of each document; empty for a document without a time.</summary>
    private static string[] Spans(IReadOnlyList<Document> documents, int count)
    {
        string[] spans = new string[documents.Count];
        Array.Fill(spans, string.Empty);
        DateTimeOffset[] times =
        [
            .. documents
                .Where(static document => document.Time is not null)
                .Select(static document => document.Time!.Value)
                .Order(),
        ];
        if (count == 0 || times.Length == 0)
        {
            return spans;
        }

        DateTimeOffset[] starts =
        [
            .. Enumerable.Range(0, count).Select(span => times[(int)((long)span * times.Length / count)]).Distinct(),
        ];
        string[] names = Array.ConvertAll(
            starts, static start => start.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        for (int row = 0; row < spans.Length; row++)
        {
            if (documents[row].Time is { } time)
            {
                int at = Array.BinarySearch(starts, time);
                spans[row] = names[at >= 0 ? at : ~at - 1];
            }
        }

        return spans;
    }

    private static string NameOf(Document document, TopicSample sample, string[] spans, int row)
    {
        string value = sample.Attribute is { } name && document.Attributes?.TryGetValue(name, out string? found) == true
            ? found
            : string.Empty;
        return sample.TimeStrata == 0 ? value
            : sample.Attribute is null ? spans[row]
            : $"{value}, {spans[row]}";
    }

    private static int[] Sizes(int[] documents, int size, int all)
    {
        int[] sizes = new int[documents.Length];
        long[] remainders = new long[documents.Length];
        bool each = size >= documents.Length;
        int left = size;
        for (int i = 0; i < sizes.Length; i++)
        {
            long share = (long)documents[i] * size;
            sizes[i] = Math.Max(each ? 1 : 0, (int)(share / all));
            remainders[i] = sizes[i] == 0 || share >= all ? share % all : -1;
            left -= sizes[i];
        }

        foreach (int i in Enumerable.Range(0, sizes.Length).OrderByDescending(i => remainders[i]))
        {
            if (left > 0 && sizes[i] < documents[i])
            {
                sizes[i]++;
                left--;
            }
        }

        // The guaranteed places of the small strata come from the large ones.
        for (int i = 0; left < 0; i = (i + 1) % sizes.Length)
        {
            if (sizes[i] > 1)
            {
                sizes[i]--;
                left++;
            }
        }

        return sizes;
    }
}
