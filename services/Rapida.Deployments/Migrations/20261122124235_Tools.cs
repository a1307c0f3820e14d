using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapida.Deployments.Migrations
{
    /// <inheritdoc />
    public partial class Tools : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "send_keys",
                table: "phone_deployments",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "transfer_targets",
                table: "phone_deployments",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<string>(
                name: "tools",
                table: "assistant_versions",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "send_keys",
                table: "phone_deployments");

            migrationBuilder.DropColumn(
                name: "transfer_targets",
                table: "phone_deployments");

            migrationBuilder.DropColumn(
                name: "tools",
                table: "assistant_versions");
        }
    }
}
