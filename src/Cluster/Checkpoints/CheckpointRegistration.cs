using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Cluster.Jobs;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Cluster.Checkpoints;

/// <summary>Registers the stored results of stages, if the server is a member.</summary>
internal static class CheckpointRegistration
{
    public static IServiceCollection AddCheckpoints(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<JobOptions, JobOptionsValidator>(JobOptions.SectionName);
        if (!MemberMode.IsSet(configuration))
        {
            return services;
        }

        services.AddSingleton<CheckpointTable>();
        services.AddSingleton<IJobResources>(static provider => provider.GetRequiredService<CheckpointTable>());
        services.AddSingleton<StageObjects>();
        services.AddSingleton<IFitCheckpoints, FitCheckpoints>();
        return services;
    }
}
