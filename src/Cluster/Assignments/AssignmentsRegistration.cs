using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Server.Fitting;

namespace TopicGrpc.Cluster.Assignments;

/// <summary>Registers the assignments that members share, if the server is a member.</summary>
internal static class AssignmentsRegistration
{
    public static IServiceCollection AddSharedAssignments(this IServiceCollection services, IConfiguration configuration)
    {
        if (MemberMode.IsSet(configuration))
        {
            services.AddSingleton<IAssignmentRows, PostgresAssignmentRows>();
            services.AddSingleton<BlockStore>();
            services.AddSingleton<AssignmentSweep>();
            services.AddSingleton<AssignmentErasure>();
            services.AddSingleton<IAssignmentStore, SharedAssignments>();
            services.AddHostedService<AssignmentSweepService>();
        }

        return services;
    }
}
