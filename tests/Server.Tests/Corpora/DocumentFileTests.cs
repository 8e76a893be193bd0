using System.Diagnostics;
using System.Text;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Testing;

namespace TopicGrpc.Server.Tests.Corpora;

public sealed class DocumentFileTests : IDisposable
{
    private const int RecordHeader = 12;

    private readonly TempFolder _folder = new();

    private string FilePath => Path.Combine(_folder.Path, "documents.log");

    private string Quarantine => Path.Combine(_folder.Path, "quarantine", "documents.tail");

    [Fact]
    public void Open_CutAtEveryByteOfAnUnacknowledgedRecord_KeepsTheWholeRecords()
    {
        byte[] acknowledged = Write([1, 2, 3]);
        byte[] whole = Write([4, 5]);
        int lastRecord = whole.Length - 2 - RecordHeader;
        for (int length = lastRecord; length < whole.Length; length++)
        {
            // The mark of the first record: the second was never acknowledged.
            File.WriteAllBytes(FilePath, [.. acknowledged[..DocumentHeader.Length], .. whole[DocumentHeader.Length..length]]);

            List<byte[]> read = Read(out long torn);

            Assert.Equal([[1, 2, 3]], read);
            Assert.Equal(length - lastRecord, torn);
            Assert.Equal(lastRecord, new FileInfo(FilePath).Length);
            Assert.Equal(torn, File.Exists(Quarantine) ? new FileInfo(Quarantine).Length : 0);
        }
    }

    [Fact]
    public void Open_CutAtEveryByteOfTheLastAcknowledgedRecord_CutsNothingAndReportsIt()
    {
        byte[] whole = Write([1, 2, 3], [4, 5]);
        for (int length = DocumentHeader.Length; length < whole.Length; length++)
        {
            File.WriteAllBytes(FilePath, whole[..length]);

            Assert.Throws<InvalidDataException>(() => Read(out _));

            Assert.Equal(length, new FileInfo(FilePath).Length);
        }
    }

    [Fact]
    public void Open_AnyBitOfTheLastRecordFlipped_CutsNothingAndReportsIt()
    {
        byte[] whole = Write([1, 2, 3], [4, 5]);
        for (int at = DocumentHeader.Length; at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 16;
            File.WriteAllBytes(FilePath, damaged);

            Assert.Throws<InvalidDataException>(() => Read(out _));

            Assert.Equal(damaged, File.ReadAllBytes(FilePath));
        }
    }

    [Fact]
    public void Open_AnyByteOfTheHeaderChanged_LosesNoRecord()
    {
        byte[] whole = Write([1, 2, 3], [4, 5]);
        for (int at = 0; at < 1100; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 16;
            File.WriteAllBytes(FilePath, damaged);
            try
            {
                Assert.Equal([[1, 2, 3], [4, 5]], Read(out _));
            }
            catch (InvalidDataException)
            {
                Assert.Equal(damaged, File.ReadAllBytes(FilePath));
            }
        }
    }

    [Fact]
    public void Open_AfterATornTail_AppendsWhereTheWholeRecordsEnd()
    {
        byte[] acknowledged = Write([1, 2, 3]);
        byte[] whole = Write([4, 5]);
        File.WriteAllBytes(FilePath, [.. acknowledged[..DocumentHeader.Length], .. whole[DocumentHeader.Length..^1]]);

        Write([6]);

        Assert.Equal([[1, 2, 3], [6]], Read(out _));
    }

    [Fact]
    public void Open_DamageBeforeWholeRecords_CutsNothingAndSaysSo()
    {
        byte[] bytes = Write([1, 2, 3], [4, 5], [6]);
        bytes[DocumentHeader.Length + 13] ^= 1;
        File.WriteAllBytes(FilePath, bytes);

        Assert.Throws<InvalidDataException>(() => Read(out _));

        Assert.Equal(bytes, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void Open_RecordOfAnotherFileAtTheSamePlace_IsNotTaken()
    {
        byte[] other = Write([9, 9, 9]);
        File.Delete(FilePath);
        byte[] own = Write([1, 2, 3]);
        byte[] header = Header(own, documents: 0);
        File.WriteAllBytes(FilePath, [.. header, .. other[DocumentHeader.Length..]]);

        Assert.Empty(Read(out long torn));

        Assert.Equal(other.Length - DocumentHeader.Length, torn);
    }

    [Fact]
    public void Open_TextThatImitatesRecordsAndATornTail_TakesLinearTimeAndIsTorn()
    {
        byte[] acknowledged = Write([1, 2, 3]);
        byte[] forged = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("TGC1\0\0\x10\0abcdTGC2\0\0\x10\0abcd", 200_000)));
        byte[] whole = Write(forged);
        File.WriteAllBytes(FilePath, [.. acknowledged[..DocumentHeader.Length], .. whole[DocumentHeader.Length..^100]]);

        long started = Stopwatch.GetTimestamp();
        List<byte[]> read = Read(out long torn);

        Assert.Equal([[1, 2, 3]], read);
        Assert.Equal(whole.Length - acknowledged.Length - 100, torn);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void ReadLegacy_TextThatImitatesRecordsAndATornTail_EndsSoonAndLosesNothing()
    {
        byte[] forged = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("TGC1\0\0\x10\0abcd", 350_000)));
        byte[] bytes = [.. Format1.Record([1, 2, 3]), .. Format1.Record(forged)[..^100]];
        File.WriteAllBytes(FilePath, bytes);
        using IStoredFile file = DiskStorage.Instance.Open(FilePath, FileMode.Open, FileAccess.Read);

        long started = Stopwatch.GetTimestamp();
        Assert.Throws<InvalidDataException>(() => LegacyDocumentFile.Read(file, static _ => { }));

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.Equal(bytes, File.ReadAllBytes(FilePath));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(13)]
    public void ReadLegacy_DamagedLastRecord_IsReportedAndNotCut(int at)
    {
        byte[] bytes = [.. Format1.Record([1, 2, 3]), .. Format1.Record([4, 5])];
        bytes[15 + at] ^= 128;
        File.WriteAllBytes(FilePath, bytes);
        using IStoredFile file = DiskStorage.Instance.Open(FilePath, FileMode.Open, FileAccess.Read);

        if (at == 5)
        {
            // A longer length looks like an interrupted write: the conversion keeps a copy of the end.
            Assert.Equal(15, LegacyDocumentFile.Read(file, static _ => { }));
        }
        else
        {
            Assert.Throws<InvalidDataException>(() => LegacyDocumentFile.Read(file, static _ => { }));
        }

        Assert.Equal(bytes, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void ReadMark_LargeFile_ReadsTheNumbersOnly()
    {
        Write([1, 2, 3], [4, 5]);

        Assert.Equal(2, DocumentFile.ReadMark(DiskStorage.Instance, FilePath).Totals.Documents);
    }

    [Fact]
    public void Crc32C_CheckString_IsThePublishedValue() => Assert.Equal(0xE3069283u, Crc32C.Compute("123456789"u8));

    [Fact]
    public void Crc32C_InParts_IsThatOfTheWhole() => Assert.Equal(0xE3069283u, Crc32C.Append(Crc32C.Compute("12345"u8), "6789"u8));

    public void Dispose() => _folder.Dispose();

    /// <summary>Returns the header of a file with the mark of an empty one.</summary>
    private static byte[] Header(byte[] file, int documents)
    {
        byte[] id = file[8..24];
        var start = RecordChain.Start(id);
        return DocumentHeader.Create(id, new DocumentMark(1, start.Position, new DocumentTotals(documents, 0), start.Check));
    }

    /// <summary>Appends records, one document each, and returns the file.</summary>
    private byte[] Write(params byte[][] payloads)
    {
        DocumentFile file = Open(static _ => { }, out int count);
        file.Append([.. payloads], new DocumentTotals(count + payloads.Length, 0));
        return File.ReadAllBytes(FilePath);
    }

    private List<byte[]> Read(out long torn)
    {
        List<byte[]> payloads = [];
        var file = DocumentFile.Open(DiskStorage.Instance, FilePath, 0, payloads.Add);
        torn = file.TornBytes;
        file.Repair(new DocumentTotals(payloads.Count, 0), Quarantine);
        return payloads;
    }

    private DocumentFile Open(Action<byte[]> record, out int count)
    {
        int read = 0;
        DocumentFile file = File.Exists(FilePath)
            ? DocumentFile.Open(DiskStorage.Instance, FilePath, 0, payload =>
            {
                read++;
                record(payload);
            })
            : DocumentFile.Create(DiskStorage.Instance, FilePath);
        file.Repair(new DocumentTotals(read, 0), Quarantine);
        count = read;
        return file;
    }
}
