using TopicGrpc.Parity;

if (args.Length != 2 || !Directory.Exists(args[0]) || !File.Exists(args[1]))
{
    Console.Error.WriteLine("usage: parity GOLDEN_FOLDER DOCUMENTS.jsonl[.gz]");
    return 2;
}

GoldenFolder golden = new(args[0]);
IReadOnlyList<string> documents = DocumentTexts.Read(args[1]);
bool allHold = true;
foreach (StageCheck check in StageChecks.All)
{
    string? missing = check.Files.FirstOrDefault(name => !golden.Has(name));
    if (missing is not null)
    {
        Console.WriteLine($"{check.Stage} skipped: {missing} is missing");
        continue;
    }

    foreach (Measure measure in check.Run(golden, documents))
    {
        Console.WriteLine(measure);
        allHold &= measure.Holds;
    }
}

return allHold ? 0 : 1;
