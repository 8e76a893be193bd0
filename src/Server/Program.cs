using TopicGrpc.Server;

try
{
    StartupLogFilter log = new();
    await using WebApplication application = ServerApplication.Create(args, log);
    await application.StartAsync();
    log.Open();
    await application.WaitForShutdownAsync();
    return 0;
}
catch (Exception exception) when (StartFailure.Explain(exception) is not null)
{
    await Console.Error.WriteLineAsync(StartFailure.Explain(exception));
    return StartFailure.ExitCode(exception);
}
