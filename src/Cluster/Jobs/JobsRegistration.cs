using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Server.Fitting;

namespace TopicGrpc.Cluster.Jobs;

/// <summary>Registers the queue of jobs that the members of a cluster share.</summary>
internal static class JobsRegistration
{
    public static IServiceCollection AddSharedJobs(this IServiceCollection services)
    {
        services.AddSingleton<SharedFitStore>();
        services.AddSingleton<FitStore>(static provider => provider.GetRequiredService<SharedFitStore>());
        services.AddHostedService<JobPulse>();
        return services;
    }
}
