using TopicGrpc.Cli;

return await CommandLine.RunAsync(args, CliContext.OfProcess());
