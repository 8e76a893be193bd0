using Microsoft.Extensions.DependencyInjection.Extensions;

namespace TopicGrpc.Server.Members;

/// <summary>Registers this server as the only member, unless a cluster has registered its members.</summary>
internal static class MembersRegistration
{
    public static IServiceCollection AddMembers(this IServiceCollection services)
    {
        services.TryAddSingleton<IMembers, SingleMember>();
        services.AddHostedService<MemberAddress>();
        return services;
    }
}
