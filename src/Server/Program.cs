using TopicGrpc.Server;

try
{
    await using WebApplication application = ServerApplication.Create(args);
    await application.RunAsync();
    return 0;
}
catch (Exception exception) when (StartFailure.Explain(exception) is not null)
{
    await Console.Error.WriteLineAsync(StartFailure.Explain(exception));
    return 1;
}
