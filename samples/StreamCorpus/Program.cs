// Streams a file into a corpus, a text a line, fits a model on it and prints its topics.
//
//     dotnet run --project samples/StreamCorpus -- http://localhost:5400 texts.txt news
//
// Run it again after a crash of either side: the upload goes on where it broke off, because its session is named after the file.
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Topics;

if (args is not [var address, var file, var model])
{
    await Console.Error.WriteLineAsync("Usage: StreamCorpus ADDRESS FILE MODEL");
    return 2;
}

using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

using TopicGrpcClient client = new(new Uri(address));
try
{
    await client.Corpora.CreateAsync(model, new CreateCorpusOptions { AllowExisting = true }, stop.Token);
    IngestResult ingest = await client.Corpora.IngestAsync(
        model,
        ReadDocuments(file),
        new IngestOptions { SessionId = SessionOf(file) },
        new Progress<IngestProgress>(static now => Console.WriteLine($"{now.Acknowledged} documents are durable")),
        stop.Token);
    Console.WriteLine($"{ingest.Accepted} documents stored, {ingest.Duplicates} known already, {ingest.Reconnects} reconnects");

    FitResult fit = await client.FitAsync(
        new FitRequest(model, model) { Labels = ["stable"] },
        new Progress<FitProgress>(
            static now => Console.WriteLine($"{now.Stage} {now.Fraction.ToString("P0", CultureInfo.InvariantCulture)}")),
        stop.Token);
    Console.WriteLine($"Version {fit.Version}: {fit.Report.TopicCount} topics, {fit.Report.OutlierCount} outliers");

    TopicList topics = await client.ListTopicsAsync($"{model}@{fit.Version}", cancellationToken: stop.Token);
    foreach (TopicInfo topic in topics.Topics)
    {
        Console.WriteLine($"{topic.Count,6}  {topic.Name}");
    }

    return 0;
}
catch (FitFailedException failed)
{
    await Console.Error.WriteLineAsync($"{failed.Message} ({failed.Reason})");
    return 1;
}
catch (TopicGrpcException failed)
{
    await Console.Error.WriteLineAsync(failed.Message);
    return 1;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("Stopped; what was acknowledged stays.");
    return 130;
}

static async IAsyncEnumerable<TopicDocument> ReadDocuments(string file)
{
    int line = 0;
    await foreach (string text in File.ReadLinesAsync(file))
    {
        line++;
        if (!string.IsNullOrWhiteSpace(text))
        {
            yield return new TopicDocument(line.ToString("D9", CultureInfo.InvariantCulture), text);
        }
    }
}

static string SessionOf(string file) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(file))));
