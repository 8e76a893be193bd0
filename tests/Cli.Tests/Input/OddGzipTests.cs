using TopicGrpc.Testing;

namespace TopicGrpc.Cli.Tests.Input;

/// <summary>Gzip data as tools and broken transfers leave it: read whole or rejected with the reason.</summary>
public sealed class OddGzipTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // I04, I06: at every cut and in every format.
    [Theory]
    [InlineData("a.txt.gz")]
    [InlineData("a.jsonl.gz")]
    [InlineData("a.csv.gz")]
    public async Task Gzip_CutOffAnywhere_Rejected(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        bool isJson = name.Contains("jsonl", StringComparison.Ordinal);
        IEnumerable<string> lines = Enumerable.Range(0, 200).Select(static i => $"document {i * 7919} of many").Prepend("text");
        byte[] packed = Documents.Gzip(string.Concat(lines.Select(line => isJson ? $"{{\"text\":\"{line}\"}}\n" : line + "\n")));
        Assert.NotEmpty(await Documents.ReadAsync(_folder.Write(name, packed)));
        for (int length = 2; length < packed.Length; length += Math.Max(1, Math.Min(13, packed.Length - length - 1)))
        {
            string path = _folder.Write(name, packed[..length]);

            Assert.Contains("gzip data", await Documents.FaultAsync(path), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Gzip_WrongChecksum_SaysSo()
    {
        byte[] packed = Documents.Gzip("one\ntwo\n");
        packed[^6] ^= 1;
        string path = _folder.Write("a.txt.gz", packed);

        Assert.Contains("damaged gzip data: a checksum", await Documents.FaultAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gzip_SeveralMembersOrNoSuffix_ReadWhole()
    {
        byte[] packed = [.. Documents.Gzip("one\ntw"), .. Documents.Gzip(""), .. Documents.Gzip("o\nthree")];

        Assert.Equal(["one", "two", "three"], (await Documents.ReadAsync(_folder.Write("a.txt.gz", packed))).Select(d => d.Text));
        Assert.Equal(["one", "two", "three"], (await Documents.ReadAsync(_folder.Write("b.txt", packed))).Select(d => d.Text));
    }

    [Fact]
    public async Task Gzip_LargerThanEveryBuffer_SameText()
    {
        string text = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"line {i * 104_729 % 1_000_003}\n"));
        string path = _folder.Write("a.txt.gz", Documents.Gzip(text));

        Assert.Equal(text, string.Concat((await Documents.ReadAsync(path)).Select(d => d.Text + "\n")));
    }
}
