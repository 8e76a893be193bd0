using TopicGrpc.Server.Corpora;
using TopicGrpc.Testing;

namespace TopicGrpc.Server.Tests.Corpora;

public sealed class DocumentFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string FilePath => Path.Combine(_folder.Path, "documents.log");

    [Fact]
    public void Open_CutAtEveryByteOfTheLastRecord_KeepsTheWholeRecords()
    {
        Write([1, 2, 3], [4, 5]);
        byte[] whole = File.ReadAllBytes(FilePath);
        int lastRecord = whole.Length - 14;
        for (int length = lastRecord; length < whole.Length; length++)
        {
            File.WriteAllBytes(FilePath, whole[..length]);

            List<byte[]> read = Read(out long torn);

            Assert.Equal([[1, 2, 3]], read);
            Assert.Equal(length - lastRecord, torn);
            Assert.Equal(lastRecord, new FileInfo(FilePath).Length);
        }
    }

    [Fact]
    public void Open_AfterATornTail_AppendsWhereTheWholeRecordsEnd()
    {
        Write([1, 2, 3], [4, 5]);
        byte[] whole = File.ReadAllBytes(FilePath);
        File.WriteAllBytes(FilePath, whole[..^1]);

        Write([6]);

        Assert.Equal([[1, 2, 3], [6]], Read(out _));
    }

    [Fact]
    public void Open_DamageBeforeWholeRecords_CutsNothingAndSaysSo()
    {
        Write([1, 2, 3], [4, 5], [6]);
        byte[] bytes = File.ReadAllBytes(FilePath);
        bytes[13] ^= 1;
        File.WriteAllBytes(FilePath, bytes);

        Assert.Throws<InvalidDataException>(() => Read(out _));

        Assert.Equal(bytes, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void Crc32C_CheckString_IsThePublishedValue() => Assert.Equal(0xE3069283u, Crc32C.Compute("123456789"u8));

    public void Dispose() => _folder.Dispose();

    private void Write(params byte[][] payloads)
    {
        using var file = DocumentFile.Open(FilePath, static _ => { });
        file.Append(payloads);
    }

    private List<byte[]> Read(out long torn)
    {
        List<byte[]> payloads = [];
        using var file = DocumentFile.Open(FilePath, payloads.Add);
        torn = file.TornBytes;
        return payloads;
    }
}
