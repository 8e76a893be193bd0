using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Fitting;

public sealed class ReproducibilityTests
{
    private const int Documents = 200;

    // The report says how long each stage took, and the manifest holds the report's checksum.
    private static readonly string[] WithTimes = ["report.json", "manifest.json"];

    [Fact]
    public async Task StartFit_DocumentsInAnotherOrderAndOtherChunks_GivesTheSameFiles()
    {
        await using TestServer server = await TestServer.StartAsync();
        await FillAsync(server, "forward", [.. Enumerable.Range(0, Documents)], chunk: Documents);
        await FillAsync(server, "backward", [.. Enumerable.Range(0, Documents).Reverse()], chunk: 7);

        Fit forward = await server.FitAsync(TestServer.FitRequest("forward", "m"));
        Fit backward = await server.FitAsync(TestServer.FitRequest("backward", "m"));

        Assert.Equal((Fit.Types.State.Succeeded, Fit.Types.State.Succeeded), (forward.State, backward.State));
        string first = Path.Combine(server.DataDirectory, "models", "m", "versions", "1");
        string second = Path.Combine(server.DataDirectory, "models", "m", "versions", "2");
        string[] names = [.. Directory.GetFiles(first).Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        Assert.True(names.Length > 5);
        Assert.Equal(names, Directory.GetFiles(second).Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.All(
            names.Except(WithTimes),
            name => Assert.Equal(File.ReadAllBytes(Path.Combine(first, name)), File.ReadAllBytes(Path.Combine(second, name))));
    }

    private static async Task FillAsync(TestServer server, string corpus, int[] order, int chunk)
    {
        await server.CreateCorpusAsync(corpus);
        await using IngestCall call = await IngestCall.OpenAsync(server, corpus, "fill");
        long offset = 0;
        foreach (int[] numbers in order.Chunk(chunk))
        {
            await call.SendAsync(offset, [.. numbers.Select(static number => ($"d{number:00000}", ThemedTexts.Text(number)))]);
            await call.ReadAckAsync();
            offset += numbers.Length;
        }

        await call.CloseAsync();
    }
}
