using System.Security.Cryptography;
using System.Text;
using TopicGrpc.Engine.Archive;
using Xunit;

namespace TopicGrpc.Engine.Tests.Archive;

public sealed class DamagedArchiveTests : IDisposable
{
    private readonly ArchiveFolder _folder = new();

    public DamagedArchiveTests() => ModelArchive.Save(SmallModel.Instance, _folder.Model, Token);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_AnyFileWithOneBitChanged_IsRefusedByName() => EachFile((path, content) =>
    {
        content[content.Length / 2] ^= 4;
        File.WriteAllBytes(path, content);
    });

    [Fact]
    public void Load_AnyFileOneByteShort_IsRefusedByName() => EachFile((path, content) => File.WriteAllBytes(path, content[..^1]));

    [Fact]
    public void Load_AnyFileMissing_IsRefusedByName() => EachFile((path, _) => File.Delete(path));

    [Fact]
    public void Load_NewerFormat_IsRefusedWithTheNumbers()
    {
        RewriteManifest("\"Format\": 1,", "\"Format\": 2,");

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => ModelArchive.Load(_folder.Model, Token));

        Assert.Contains("has format 2; this build reads format 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ManifestWithAPath_IsRefused()
    {
        RewriteManifest("\"Name\": \"terms\"", "\"Name\": \"../terms\"");

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => ModelArchive.Load(_folder.Model, Token));

        Assert.Contains("../terms", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_PartsThatDoNotFit_AreRefused()
    {
        byte[] labels = File.ReadAllBytes(_folder.File("documents.labels"));
        BitConverter.GetBytes(99).CopyTo(labels, 32);
        string before = ModelArchive.ReadManifest(_folder.Model).Files.Single(file => file.Name == "documents.labels").Sha256;
        File.WriteAllBytes(_folder.File("documents.labels"), labels);
        RewriteManifest(before, Convert.ToHexStringLower(SHA256.HashData(labels)));

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => ModelArchive.Load(_folder.Model, Token));

        Assert.Contains("topic 99", error.Message, StringComparison.Ordinal);
    }

    private void EachFile(Action<string, byte[]> damage)
    {
        foreach (string path in Directory.GetFiles(_folder.Model))
        {
            byte[] content = File.ReadAllBytes(path);
            damage(path, [.. content]);

            InvalidDataException error = Assert.Throws<InvalidDataException>(() => ModelArchive.Load(_folder.Model, Token));

            Assert.Contains(Path.GetFileName(path), error.Message, StringComparison.Ordinal);
            File.WriteAllBytes(path, content);
        }
    }

    /// <summary>Replaces text and fixes the digest, as a writer with a fault would have done.</summary>
    private void RewriteManifest(string old, string with)
    {
        const string Digest = "\"Digest\": \"";
        string path = _folder.File("manifest.json");
        string text = File.ReadAllText(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        text = text.Replace(old, with, StringComparison.Ordinal);
        int start = text.LastIndexOf(Digest, StringComparison.Ordinal) + Digest.Length;
        string open = text[..start] + new string('0', 64) + text[(start + 64)..];
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(open)));
        File.WriteAllText(path, open[..start] + hash + open[(start + 64)..]);
    }
}
