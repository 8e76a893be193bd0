using TopicGrpc.Cli;
using TopicGrpc.Cli.Terminals;

return await CommandLine.RunAsync(args, CliContext.OfProcess());
