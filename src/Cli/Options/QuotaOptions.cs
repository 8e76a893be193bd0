using System.CommandLine;
using System.Numerics;
using TopicGrpc.Client.Keys;

namespace TopicGrpc.Cli.Options;

/// <summary>Limits of a key.</summary>
internal sealed class QuotaOptions
{
    private readonly Option<int> _calls = Limit<int>("--calls-per-second", "Calls per second");
    private readonly Option<int> _tokens = Limit<int>("--tokens-per-second", "Estimated tokens per second of embedded texts");
    private readonly Option<int> _fits = Limit<int>("--max-fits", "Queued and running fits");
    private readonly Option<long> _documents = Limit<long>("--max-documents", "Stored documents");
    private readonly Option<long> _bytes = Limit<long>("--max-bytes", "Bytes of stored texts");
    private readonly Option<int> _streams = Limit<int>("--max-streams", "Streams that are open at the same time");

    public void AddTo(Command command)
    {
        command.Add(_calls);
        command.Add(_tokens);
        command.Add(_fits);
        command.Add(_documents);
        command.Add(_bytes);
        command.Add(_streams);
    }

    public KeyQuota Read(ParseResult parsed) => new()
    {
        CallsPerSecond = parsed.GetValue(_calls),
        TokensPerSecond = parsed.GetValue(_tokens),
        Fits = parsed.GetValue(_fits),
        Documents = parsed.GetValue(_documents),
        TextBytes = parsed.GetValue(_bytes),
        Streams = parsed.GetValue(_streams),
    };

    private static Option<T> Limit<T>(string name, string what)
        where T : struct, IBinaryInteger<T> => new(name)
        {
            CustomParser = static result => NumberParsing.Whole<T>(result),
            Description = $"{what} of all callers with the key together; 0 means no limit.",
            DefaultValueFactory = static _ => T.Zero,
        };
}
