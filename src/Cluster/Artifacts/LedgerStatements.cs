namespace TopicGrpc.Cluster.Artifacts;

/// <summary>
/// Changes of owners in the ledger as statements of a transaction, so that an object comes into use, or goes out of use, together with the
/// row that refers to it.
/// </summary>
internal static class LedgerStatements
{
    /// <summary>Gives all references of a publication to an owner, as <see cref="IObjectLedger.CommitAsync"/> does.</summary>
    /// <returns>False if the publication was abandoned or the owner has the objects of another publication.</returns>
    public static async Task<bool> CommitAsync(LedgerCommand sql, string publication, string owner)
    {
        List<string?> owners = await sql.QueryAsync(
            "SELECT owner FROM artifact_publications WHERE (id = @id AND ended IS NULL) OR owner = @owner",
            static row => row.IsDBNull(0) ? null : row.GetString(0),
            ("@id", publication),
            ("@owner", owner));
        int changed = owners is [null]
            ? await sql.ExecuteAsync(
                "UPDATE artifact_publications SET owner = @owner WHERE id = @id AND owner IS NULL AND ended IS NULL",
                ("@id", publication),
                ("@owner", owner))
            : 0;
        if (changed == 0)
        {
            return await sql.QueryAsync(
                "SELECT 1 FROM artifact_publications WHERE id = @id AND owner = @owner AND ended IS NULL",
                static _ => true,
                ("@id", publication),
                ("@owner", owner)) is [true];
        }

        await sql.ExecuteAsync(
            "UPDATE artifact_references SET holder = @owner WHERE holder = @id", ("@id", publication), ("@owner", owner));
        await sql.ExecuteAsync(
            "UPDATE artifact_objects SET is_stored = 1 "
            + "WHERE is_stored = 0 AND key IN (SELECT key FROM artifact_references WHERE holder = @owner)",
            ("@owner", owner));
        return true;
    }

    /// <summary>Removes the references of an owner, as <see cref="IObjectLedger.ReleaseAsync"/> does.</summary>
    public static async Task<int> ReleaseAsync(LedgerCommand sql, string owner, DateTimeOffset now, TimeSpan grace)
    {
        int ended = await sql.ExecuteAsync(
            "UPDATE artifact_publications SET ended = @now WHERE owner = @owner AND ended IS NULL",
            ("@now", now.ToUnixTimeMilliseconds()),
            ("@owner", owner));
        return ended == 0 ? 0 : await DropAsync(sql, owner, (now + grace).ToUnixTimeMilliseconds());
    }

    /// <summary>Removes the references of a holder. The last release decides when an object without references may go.</summary>
    public static async Task<int> DropAsync(LedgerCommand sql, string holder, long? freeAfter)
    {
        if (freeAfter is { } end)
        {
            await sql.ExecuteAsync(
                "UPDATE artifact_objects SET free_after = @end WHERE key IN (SELECT key FROM artifact_references WHERE holder = @holder)",
                ("@end", end),
                ("@holder", holder));
        }

        await sql.ExecuteAsync(
            "UPDATE artifact_objects SET reference_count = reference_count - 1 "
            + "WHERE key IN (SELECT key FROM artifact_references WHERE holder = @holder)",
            ("@holder", holder));
        return await sql.ExecuteAsync("DELETE FROM artifact_references WHERE holder = @holder", ("@holder", holder));
    }
}
