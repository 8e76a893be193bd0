using System.IO.Compression;
using System.Text;
using TopicGrpc.Cli.Input;

namespace TopicGrpc.Cli.Tests.Input;

/// <summary>Short cuts for the reader tests.</summary>
internal static class Documents
{
    public static async Task<List<InputDocument>> ReadAsync(
        string path,
        InputFields? fields = null,
        NewsgroupParts strip = NewsgroupParts.None,
        InputFormat? format = null)
    {
        using var source = InputSource.Open(path, fields ?? new InputFields(), strip, format);
        return await source.ReadAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }

    public static async Task<string> FaultAsync(string path, InputFields? fields = null)
    {
        InputException fault = await Assert.ThrowsAsync<InputException>(() => ReadAsync(path, fields));
        Assert.DoesNotContain('\n', fault.Message);
        return fault.Message;
    }

    public static byte[] Gzip(string text)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
