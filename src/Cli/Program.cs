using System.CommandLine;

RootCommand root = new("TopicGrpc: topic models over gRPC.");
return await root.Parse(args).InvokeAsync();
