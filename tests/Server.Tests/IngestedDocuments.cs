using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests;

/// <summary>Themed texts that know when they were written and by whom.</summary>
internal static class IngestedDocuments
{
    public static readonly DateTimeOffset FirstDay = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A corpus <c>dated</c> of 200 texts over ten days by two authors, the last eight without either, and version 1 of model <c>m</c>.</summary>
    public static async Task<TestServer> FittedAsync(params (string Key, string? Value)[] configuration)
    {
        TestServer server = await TestServer.StartAsync(configuration);
        await server.CreateCorpusAsync("dated");
        await using (IngestCall call = await IngestCall.OpenAsync(server, "dated", "fill"))
        {
            await call.SendAsync(0, [.. Enumerable.Range(0, 200).Select(Document)]);
            await call.ReadAckAsync();
            await call.CloseAsync();
        }

        Fit fit = await server.FitAsync(TestServer.FitRequest("dated", "m", "stable"));
        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        return server;
    }

    private static Document Document(int index)
    {
        Document document = new() { Id = FormattableString.Invariant($"d{index:00000}"), Text = ThemedTexts.Text(index) };
        if (index < 192)
        {
            document.EventTime = Timestamp.FromDateTimeOffset(FirstDay.AddDays(index % 10));
            document.Attributes.Add("author", index % 2 == 0 ? "ann" : "bob");
        }

        return document;
    }
}
