using TopicGrpc.Server;
using TopicGrpc.Server.Hosting;

try
{
    StartupLogFilter log = new();
    if (ConfigurationPrinting.TakeFrom(ref args))
    {
        await Console.Out.WriteLineAsync(await ServerApplication.PrintConfigurationAsync(args));
        return 0;
    }

    await using WebApplication application = ServerApplication.Create(args, log);
    await application.StartAsync();
    log.Open();
    await application.WaitForShutdownAsync();
    return 0;
}
catch (Exception exception) when (StartFailure.Explain(exception) is not null)
{
    StandardError.WriteLine(StartFailure.Explain(exception)!);
    return StartFailure.ExitCode(exception);
}
