using System.Data.Common;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Versions;

/// <summary>
/// The pending folders of a cluster. A row names the run of the member that publishes or deletes; it is interrupted when that run has
/// ended. A row without a member is of a release that did not record it.
/// </summary>
internal sealed class MemberPendingFolders(IMembers members) : IPendingFolders
{
    /// <inheritdoc/>
    public void Add(DbConnection connection, string modelId, long number)
    {
        PendingFolders.Instance.Add(connection, modelId, number);
        connection.Execute(
            """
            INSERT INTO pending_members (model, number, member, member_epoch) VALUES (@model, @number, @member, @epoch)
            ON CONFLICT (model, number) DO UPDATE SET member = excluded.member, member_epoch = excluded.member_epoch
            """,
            ("@model", modelId),
            ("@number", number),
            ("@member", members.Own.Id),
            ("@epoch", members.Own.Epoch));
    }

    /// <inheritdoc/>
    public List<(string ModelId, long Number)> ListInterrupted(DbConnection connection) => connection.Query(
        """
        SELECT p.model, p.number FROM pending_folders AS p
        WHERE NOT EXISTS (
            SELECT 1 FROM pending_members AS o JOIN members AS m ON m.id = o.member AND m.epoch = o.member_epoch AND m.state = 1
            WHERE o.model = p.model AND o.number = p.number)
        """,
        static row => (row.GetString(0), row.GetInt64(1)));
}
