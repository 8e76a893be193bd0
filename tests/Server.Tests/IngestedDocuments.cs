using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests;

/// <summary>Themed texts that know when they were written, by whom, and most of them about what.</summary>
internal static class IngestedDocuments
{
    public static readonly string[] Themes = ["space", "graphics", "hockey", "privacy"];

    public static readonly DateTimeOffset FirstDay = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// A corpus <c>dated</c> of 200 texts over ten days by two authors, the last eight without either. 144 have their theme as an
    /// attribute, 24 say −1 there, all have the language.
    /// </summary>
    public static async Task<TestServer> FilledAsync(params (string Key, string? Value)[] configuration)
    {
        TestServer server = await TestServer.StartAsync(configuration);
        await server.CreateCorpusAsync("dated");
        await using (IngestCall call = await IngestCall.OpenAsync(server, "dated", "fill"))
        {
            await call.SendAsync(0, [.. Enumerable.Range(0, 200).Select(Document)]);
            await call.ReadAckAsync();
            await call.CloseAsync();
        }

        return server;
    }

    /// <summary>The same with version 1 of model <c>m</c>.</summary>
    public static async Task<TestServer> FittedAsync(params (string Key, string? Value)[] configuration)
    {
        TestServer server = await FilledAsync(configuration);
        Fit fit = await server.FitAsync(TestServer.FitRequest("dated", "m", "stable"));
        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        return server;
    }

    private static Document Document(int index)
    {
        Document document = new()
        {
            Id = FormattableString.Invariant($"d{index:00000}"),
            Text = ThemedTexts.Text(index),
            Attributes = { { "language", "en" } },
        };
        if (index < 168)
        {
            document.Attributes.Add("theme", index < 144 ? Themes[index % Themes.Length] : "-1");
        }

        if (index < 192)
        {
            document.EventTime = Timestamp.FromDateTimeOffset(FirstDay.AddDays(index % 10));
            document.Attributes.Add("author", index % 2 == 0 ? "ann" : "bob");
        }

        return document;
    }
}
