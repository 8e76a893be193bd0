using System.CommandLine;
using System.Text.Json;
using TopicGrpc.Load;

Argument<FileInfo> documents = new("DOCUMENTS") { Description = "JSON lines with \"id\" and \"text\": what the model is fitted on." };
Option<int> count = new("--documents") { Description = "Documents to take.", DefaultValueFactory = static _ => 1000 };
Option<double> seconds = new("--seconds") { Description = "Length of each measurement.", DefaultValueFactory = static _ => 5 };
Option<string[]> precisions = new("--precision") { Description = "full, fast; may be given twice.", DefaultValueFactory = static _ => ["full", "fast"] };
Option<int> rate = new("--rate") { Description = "Calls per second of the open loop that runs beside the label moves.", DefaultValueFactory = static _ => 40 };
RootCommand command = new("Loads a server over loopback from the same process and prints what it measured as one JSON object.") { documents, count, seconds, precisions, rate };
command.SetAction(async (parsed, token) =>
{
    List<LoadReport> reports = [];
    foreach (string precision in parsed.GetRequiredValue(precisions))
    {
        LoadRun run = new(TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(rate));
        reports.Add(await run.MeasureAsync(parsed.GetRequiredValue(documents).FullName, parsed.GetValue(count), precision, token));
    }

    Console.WriteLine(JsonSerializer.Serialize(new { cores = Environment.ProcessorCount, reports }, ReportJson.Options));
    return 0;
});
return await command.Parse(args).InvokeAsync();
